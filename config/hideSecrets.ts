import { configKeys } from './keys.ts';
import { isPlainObject } from './readFile.ts';
import type { Config } from './schema.ts';

const HIDDEN = '(hidden)';

/** A copy that may be shown: of pairs the names stay, of other secrets only whether there is one. */
export function hideSecrets(config: Config): unknown {
  const copy: unknown = structuredClone(config);
  for (const { path } of configKeys.filter((key) => key.secret)) {
    hideAt(copy, path.split('.'));
  }
  return copy;
}

function hideAt(section: unknown, [name, ...rest]: readonly string[]): void {
  if (!isPlainObject(section) || name === undefined) {
    return;
  }
  if (rest.length > 0) {
    hideAt(section[name], rest);
  } else {
    section[name] = hidden(section[name]);
  }
}

function hidden(value: unknown): unknown {
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.keys(value).map((key) => [key, HIDDEN]));
  }
  return Array.isArray(value) ? value.map(() => HIDDEN) : HIDDEN;
}
