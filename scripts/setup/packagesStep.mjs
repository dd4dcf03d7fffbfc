/** The npm packages by the lock file, with no install script run, and among them Node.js 24. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './errors.mjs';
import { run } from './run.mjs';
import { readStamp, removeStamp, rootDir, writeStamp } from './stamps.mjs';

const STAMP = 'packages';
const COUNT_EVERY_MS = 500;
const NODE_MAJOR = 24;

const lockFile = join(rootDir, 'package-lock.json');

/** The Node.js that runs our TypeScript; the one that runs this file may be older. */
export const nodeBin = join(rootDir, 'node_modules', '.bin', 'node');

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Entry
 * @typedef {{ packages: Record<string, Entry> }} LockFile
 */

export const packagesStep = {
  title: 'npm packages',

  /** @returns {Promise<string | null>} */
  async check() {
    return readStamp(STAMP) === lockHash() && existsSync(nodeBin) ? 'up to date' : null;
  },

  /**
   * @param {import('./progress.mjs').StepProgress} progress
   * @returns {Promise<string>}
   */
  async run(progress) {
    const hash = lockHash();
    const lock = /** @type {LockFile} */ (JSON.parse(readFileSync(lockFile, 'utf8')));
    // Someone may have run npm by hand: what is complete needs no second installation.
    const isComplete = isInstalled(lock);
    if (!isComplete) {
      removeStamp(STAMP);
      await install(lock, progress);
    }
    const version = await assertNode();
    writeStamp(STAMP, hash);
    return `${isComplete ? 'already there' : 'installed'}, with Node.js ${version}`;
  },
};

/** @returns {string} */
function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/**
 * @param {LockFile} lock
 * @param {{ platform: string, arch: string }} system
 * @returns {Array<[path: string, version: string]>} what npm installs here; others' optional binaries are left out
 */
export function expectedPackages(lock, system) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link && entry.version !== undefined)
    .filter(([, entry]) => !entry.optional || isFor(entry.os, system.platform))
    .filter(([, entry]) => !entry.optional || isFor(entry.cpu, system.arch))
    .filter(([, entry]) => !(entry.optional && entry.libc))
    .map(([path, entry]) => [path, /** @type {string} */ (entry.version)]);
}

/**
 * @param {string[] | string | undefined} allowed an `os` or `cpu` of package.json: names, or names with `!` before them
 * @param {string} actual
 * @returns {boolean}
 */
function isFor(allowed, actual) {
  if (allowed === undefined) return true;
  const list = [allowed].flat();
  return list.includes(actual) || (!list.includes(`!${actual}`) && list.every((name) => name.startsWith('!')));
}

/**
 * @param {LockFile} lock
 * @returns {boolean} whether npm finished an installation of just these packages
 */
function isInstalled(lock) {
  // npm writes this file when it is done.
  if (!existsSync(join(rootDir, 'node_modules', '.package-lock.json'))) return false;
  return expectedPackages(lock, { platform: process.platform, arch: process.arch }).every(([path, version]) => {
    try {
      return JSON.parse(readFileSync(join(rootDir, path, 'package.json'), 'utf8')).version === version;
    } catch {
      return false;
    }
  });
}

/**
 * @param {LockFile} lock
 * @param {import('./progress.mjs').StepProgress} progress
 */
async function install(lock, progress) {
  const expected = expectedPackages(lock, { platform: process.platform, arch: process.arch });
  // npm shows no progress without a terminal, but each package's folder appears when it is unpacked.
  const timer = setInterval(() => {
    const count = expected.filter(([path]) => existsSync(join(rootDir, path, 'package.json'))).length;
    progress.update(`${count} of ${expected.length} packages`, count / expected.length);
  }, COUNT_EVERY_MS);
  try {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: rootDir });
  } finally {
    clearInterval(timer);
  }
}

/** @returns {Promise<string>} the version of Node.js 24 in node_modules */
async function assertNode() {
  // No package brings Node.js for this platform: a new enough one that runs this will do.
  if (!existsSync(nodeBin) && Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) {
    rmSync(nodeBin, { force: true });
    symlinkSync(process.execPath, nodeBin);
  }
  const version = existsSync(nodeBin) ? await run(nodeBin, ['--version']).catch(() => null) : null;
  if (version === null || Number(/^v(\d+)/.exec(version)?.[1]) < NODE_MAJOR) {
    throw new SetupError(
      `The npm packages bring no Node.js ${NODE_MAJOR} that runs on ${process.platform} ${process.arch}.`,
      `Install Node.js ${NODE_MAJOR} on this machine, then run the same command again.`,
    );
  }
  return version.trim().slice(1);
}
