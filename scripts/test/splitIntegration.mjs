import { basename } from 'node:path';

/**
 * Most integration tests wait for timers, so two processes run them side by side; those of the bench that measure run alone.
 * @param {readonly string[]} files
 * @returns {{ alone: string[], halves: [string[], string[]] }}
 */
export function splitIntegration(files) {
  const isAlone = (/** @type {string} */ file) => /^bench\.(smoke|relay|pipeRelay)\./.test(basename(file));
  const others = files.filter((file) => !isAlone(file));
  const half = (/** @type {number} */ which) => others.filter((_, index) => index % 2 === which);
  return { alone: files.filter(isAlone), halves: [half(0), half(1)] };
}
