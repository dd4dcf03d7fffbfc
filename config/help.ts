import { configKeys, type ConfigKey } from './keys.ts';
import { FILE_VARIABLE } from './readEnvironment.ts';

/** The configuration as the command line explains it. */
export function helpText(): string {
  return [
    `Configuration: defaults, then a file (--config FILE or ${FILE_VARIABLE}), then the environment.`,
    'An unknown key or variable stops the start. In a variable, a list is written a,b and pairs key:secret,key2:secret2.',
    '',
    ...configKeys.flatMap((key) => [`  ${key.envName}  (${key.path})`, `      ${key.doc}`, `      ${constraint(key)}`]),
    '',
  ].join('\n');
}

function constraint(key: ConfigKey): string {
  return `${key.expects[0]?.toUpperCase()}${key.expects.slice(1)}. Default: ${defaultText(key)}.`;
}

/** A default in the words of the environment. */
export function defaultText({ default: value }: ConfigKey): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.join(',');
  }
  return typeof value === 'object' ? 'none' : String(value);
}
