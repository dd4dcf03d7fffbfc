/** Notes about what is done, in node_modules: they go when the packages go. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const stampDir = join(rootDir, 'node_modules', '.chaxi');

/**
 * @param {string} name
 * @returns {string | null}
 */
export function readStamp(name) {
  try {
    return readFileSync(join(stampDir, name), 'utf8');
  } catch {
    return null;
  }
}

/**
 * Written last, when all that it stands for is in place.
 *
 * @param {string} name
 * @param {string} value
 */
export function writeStamp(name, value) {
  mkdirSync(stampDir, { recursive: true });
  writeFileSync(join(stampDir, name), value);
}

/** @param {string} name */
export function removeStamp(name) {
  rmSync(join(stampDir, name), { force: true });
}
