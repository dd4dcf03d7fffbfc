import type { ConfigProblem } from './ConfigError.ts';
import { configKeys, ENV_PREFIX, type ConfigKey } from './keys.ts';
import { nearestName } from './nearestName.ts';

/** The variable that names the configuration file. */
export const FILE_VARIABLE = 'CHAXI_CONFIG';

export interface EnvironmentValue {
  key: ConfigKey;
  value: unknown;
}

/** The values of all `CHAXI_` variables, in the form that the schema checks. An unknown one is a problem. */
export function readEnvironment(env: NodeJS.ProcessEnv, problems: ConfigProblem[]): EnvironmentValue[] {
  const byName = new Map(configKeys.map((key) => [key.envName, key]));
  const values: EnvironmentValue[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(ENV_PREFIX) || name === FILE_VARIABLE || text === undefined) {
      continue;
    }
    const key = byName.get(name);
    if (key === undefined) {
      problems.push(explainUnknownVariable(name, [...byName.keys(), FILE_VARIABLE]));
      continue;
    }
    values.push({ key, value: parseValue(key, text) });
  }
  return values;
}

/** What all names begin with says nothing about which one was meant. */
function explainUnknownVariable(name: string, known: readonly string[]): ConfigProblem {
  const nearest = nearestName(
    name.slice(ENV_PREFIX.length),
    known.map((other) => other.slice(ENV_PREFIX.length)),
  );
  const hint = nearest === null ? 'docs/configuration.md lists all' : `did you mean ${ENV_PREFIX}${nearest}?`;
  return { where: name, what: `no such variable; ${hint}` };
}

/** Text that has not the key's form is handed on as it is: the schema refuses it with the right words. */
function parseValue(key: ConfigKey, text: string): unknown {
  if (key.nullable && text === '') {
    return null;
  }
  switch (key.form) {
    case 'number':
      return /^-?\d+$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'list':
      return splitList(text);
    case 'pairs':
      return parsePairs(text) ?? text;
    case 'json':
      return parseJson(text) ?? text;
    case 'text':
      return text;
  }
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `key:secret,key2:secret2`; a secret may have colons. */
function parsePairs(text: string): Record<string, string> | null {
  const pairs = new Map<string, string>();
  for (const item of splitList(text)) {
    const colon = item.indexOf(':');
    const name = item.slice(0, Math.max(colon, 0));
    if (name === '' || pairs.has(name)) {
      return null;
    }
    pairs.set(name, item.slice(colon + 1));
  }
  return Object.fromEntries(pairs);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
