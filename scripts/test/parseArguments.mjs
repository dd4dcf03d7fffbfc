export const suites = ['unit', 'integration', 'threeNodes', 'e2e'];
export const checks = ['lint', 'check'];

/**
 * @param {readonly string[]} args names of checks and suites, test files, and mocha's own options (`--grep=mute`)
 * @returns {{ checks: string[], suites: string[], files: string[], options: string[], unknown: string[] }} everything
 *   when the arguments name nothing
 */
export function parseArguments(args) {
  const options = args.filter((arg) => arg.startsWith('-'));
  const names = args.filter((arg) => !arg.startsWith('-'));
  const files = names.filter((name) => name.endsWith('.test.ts'));
  const unknown = names.filter((name) => ![...checks, ...suites, ...files].includes(name));
  // Who picks tests by name does not ask for the lint.
  const isEverything = names.length === 0;
  return {
    checks: checks.filter((name) => (isEverything ? options.length === 0 : names.includes(name))),
    suites: suites.filter((name) => isEverything || names.includes(name)),
    files,
    options,
    unknown,
  };
}
