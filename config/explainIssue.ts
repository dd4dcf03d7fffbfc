import type { z } from 'zod';
import type { ConfigProblem } from './ConfigError.ts';
import { configKeys, type ConfigKey } from './keys.ts';
import { nearestName } from './nearestName.ts';

/** What zod found, in the words of the operator: where, what was given, what would be right. */
export function explainIssue(issue: z.core.$ZodIssue, input: unknown): ConfigProblem[] {
  const path = issue.path.map(String);
  const key = configKeys.find((candidate) => isAtOrBelow(path, candidate.path));
  if (key !== undefined) {
    return [{ where: `${key.path} (${key.envName})`, what: `${given(key, input)}; must be ${key.expects}` }];
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => explainUnknownKey([...path, name].join('.')));
  }
  const section = path.join('.');
  const members = configKeys.filter((candidate) => candidate.path.startsWith(`${section}.`));
  return [
    {
      where: section,
      what: `must be an object with the keys ${members.map((member) => member.path.slice(section.length + 1)).join(', ')}`,
    },
  ];
}

function isAtOrBelow(path: readonly string[], keyPath: string): boolean {
  const parts = keyPath.split('.');
  return parts.every((part, index) => path[index] === part);
}

function explainUnknownKey(path: string): ConfigProblem {
  const paths = configKeys.map((key) => key.path);
  const sections = paths.flatMap((keyPath) => keyPath.split('.').slice(0, -1));
  const nearest = nearestName(path, [...paths, ...sections]) ?? sameLastName(path);
  const hint = nearest === null ? 'docs/configuration.md lists all' : `did you mean ${nearest}?`;
  return { where: path, what: `no such key; ${hint}` };
}

/** A right name in the wrong section: `port` where `http.port` is meant. */
function sameLastName(path: string): string | null {
  const last = path.split('.').at(-1);
  return configKeys.find((key) => key.path.split('.').at(-1) === last)?.path ?? null;
}

function given(key: ConfigKey, input: unknown): string {
  if (key.secret) {
    return 'what was given is not right (it is secret and not shown)';
  }
  let value = input;
  for (const part of key.path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
  }
  return `given ${shorten(JSON.stringify(value) ?? 'nothing')}`;
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}
