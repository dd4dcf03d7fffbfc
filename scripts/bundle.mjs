/** Bundles the SDK and the pages into client-sdk/dist and web/dist. Run by Node.js 24; scripts/setup.mjs calls it. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSdk, bundleWeb } from './bundle/code.mjs';
import { sdkEntries } from './bundle/entries.mjs';
import { emitTypes } from './bundle/types.mjs';

const rootDir = join(dirname(fileURLToPath(import.meta.url)), '..');
const sdkDir = join(rootDir, 'client-sdk');
const webDir = join(rootDir, 'web');

// On the same disk as the results, so that these are put in place by a rename.
const workParent = join(rootDir, 'node_modules', '.chaxi');
mkdirSync(workParent, { recursive: true });
const work = mkdtempSync(join(workParent, 'bundle-'));

/** @type {Array<[name: string, task: () => void | Promise<void>]>} */
const tasks = [
  ['the SDK', () => bundleSdk(sdkDir, join(work, 'sdk'))],
  ['the types of the SDK', () => emitTypes(sdkDir, join(work, 'sdk'), sdkEntries)],
  ['the pages', () => bundleWeb(webDir, join(work, 'web'))],
];

/**
 * @param {string} made
 * @param {string} target
 */
function replaceFolder(made, target) {
  const old = join(work, 'old');
  if (existsSync(target)) renameSync(target, old);
  renameSync(made, target);
  rmSync(old, { recursive: true, force: true });
}

try {
  for (const [index, [name, task]] of tasks.entries()) {
    console.log(`[${index}/${tasks.length}] ${name}`);
    await task();
  }
  replaceFolder(join(work, 'sdk'), join(sdkDir, 'dist'));
  replaceFolder(join(work, 'web'), join(webDir, 'dist'));
} finally {
  rmSync(work, { recursive: true, force: true });
}
