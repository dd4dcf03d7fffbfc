import { basename } from 'node:path';

/** Files that measure, or judge a network, or what a process holds, by the beginnings of their names. Beside or after another one they would judge that. */
const alone = {
  integration: /^(bench\.(smoke|relay|pipeRelay)|rooms\.leak)\./,
  e2e: /^(cluster|color|guide\.clock|layers|media|narrowUplink|networks|page\.network|quality|recovery|starts)\./,
};

/** Files at a time: most tests of the server wait, and pages need a core each. */
const JOBS = { integration: 3, threeNodes: 3, e2e: 2 };

/**
 * @param {keyof typeof JOBS} suite
 * @returns {string[]} mocha's options, by which so many processes take each the next file
 */
export function sideBySideOptions(suite) {
  return ['--parallel', '--jobs', String(JOBS[suite])];
}

/**
 * @param {string} suite
 * @param {readonly string[]} files
 * @returns {{ alone: string[], sideBySide: string[] }} which run one after the other, and which several at a time
 */
export function sideBySide(suite, files) {
  const isAlone = (/** @type {string} */ file) =>
    !Object.hasOwn(alone, suite) || alone[/** @type {keyof typeof alone} */ (suite)].test(basename(file));
  return { alone: files.filter(isAlone), sideBySide: files.filter((file) => !isAlone(file)) };
}
