/** The bundles of the SDK and of the pages, made again when one of their sources differs. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFolder } from '../hashFolder.mjs';
import { nodeBin } from './packagesStep.mjs';
import { parseNinjaLine } from './progress.mjs';
import { run } from './run.mjs';
import { readStamp, removeStamp, rootDir, writeStamp } from './stamps.mjs';

const STAMP = 'bundles';
const INPUT_FOLDERS = ['client-sdk', 'web', 'protocol', 'scripts/bundle'];
const INPUT_FILES = ['package-lock.json', 'tsconfig.json', 'scripts/bundle.mjs'];
const OUTPUT_FOLDERS = ['client-sdk/dist', 'web/dist'];

export const bundlesStep = {
  title: 'SDK and pages',

  /** @returns {Promise<string | null>} */
  async check() {
    const isThere = OUTPUT_FOLDERS.every((dir) => existsSync(join(rootDir, dir)));
    return isThere && readStamp(STAMP) === inputsHash() ? 'up to date' : null;
  },

  /**
   * @param {import('./progress.mjs').StepProgress} progress
   * @returns {Promise<string>}
   */
  async run(progress) {
    // Taken before: a file saved while this runs means another run.
    const hash = inputsHash();
    removeStamp(STAMP);
    await run(nodeBin, [join(rootDir, 'scripts', 'bundle.mjs')], {
      cwd: rootDir,
      onLine: (line) => {
        const count = parseNinjaLine(line);
        if (count) progress.update(line.slice(line.indexOf(']') + 2), count.done / count.total);
      },
    });
    writeStamp(STAMP, hash);
    return 'bundled';
  },
};

/** @returns {string} */
function inputsHash() {
  const hash = createHash('sha256');
  for (const dir of INPUT_FOLDERS) hash.update(hashFolder(join(rootDir, dir), ['dist', 'node_modules']));
  for (const file of INPUT_FILES) hash.update(readFileSync(join(rootDir, file)));
  return hash.digest('hex');
}
