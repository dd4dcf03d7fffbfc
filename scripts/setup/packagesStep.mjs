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

/** npm writes this when it is done. */
const npmDoneFile = join(rootDir, 'node_modules', '.package-lock.json');

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
    const expected = expectedPackages(lock, { platform: process.platform, arch: process.arch });
    const isComplete = existsSync(npmDoneFile) && missing(expected).length === 0;
    if (!isComplete) {
      removeStamp(STAMP);
      await install(expected, progress);
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
 * @returns {Array<[path: string, version: string]>} what must be there: the required packages, and the optional ones that
 *   are made for this system. Versions of npm disagree about other optional ones, and about those of one C library.
 */
export function expectedPackages(lock, system) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link && entry.version !== undefined)
    .filter(([, entry]) => !entry.optional || isMadeFor(entry, system))
    .map(([path, entry]) => [path, /** @type {string} */ (entry.version)]);
}

/**
 * @param {Entry} entry
 * @param {{ platform: string, arch: string }} system
 * @returns {boolean}
 */
function isMadeFor({ os, cpu, libc }, system) {
  if (libc || !(os || cpu)) return false;
  return isFor(os, system.platform) && isFor(cpu, system.arch);
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
 * @param {Array<[path: string, version: string]>} expected
 * @returns {string[]} the paths of those that are not there, or in another version
 */
function missing(expected) {
  return expected.flatMap(([path, version]) => {
    try {
      const installed = JSON.parse(readFileSync(join(rootDir, path, 'package.json'), 'utf8')).version;
      return installed === version ? [] : [path];
    } catch {
      return [path];
    }
  });
}

/**
 * @param {Array<[path: string, version: string]>} expected
 * @param {import('./progress.mjs').StepProgress} progress
 */
async function install(expected, progress) {
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
  // Where a disk is full or a download fails, npm leaves an optional package out and calls that a success. Ours are
  // optional only because each serves another system.
  const left = missing(expected);
  if (left.length > 0) {
    const names = left.map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    throw new SetupError(
      `npm could not install ${names.join(', ')}.`,
      'Look for free disk space and for the connection to the npm registry, then run the same command again.',
    );
  }
}

/** @returns {Promise<string>} the version of Node.js 24 in node_modules */
async function assertNode() {
  if (!existsSync(nodeBin)) linkNode();
  const version = existsSync(nodeBin) ? await run(nodeBin, ['--version']).catch(() => null) : null;
  if (version === null || Number(/^v(\d+)/.exec(version)?.[1]) < NODE_MAJOR) {
    throw new SetupError(
      `The npm packages bring no Node.js ${NODE_MAJOR} that runs on ${process.platform} ${process.arch}.`,
      `Install Node.js ${NODE_MAJOR} on this machine, then run the same command again.`,
    );
  }
  return version.trim().slice(1);
}

/** npm 9 leaves the link out, as the packages of two systems offer it. */
function linkNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const isPackaged = existsSync(join(rootDir, 'node_modules', name, 'bin', 'node'));
  // Where no package brings one, the Node.js that runs this will do if it is new enough.
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;
  if (!isPackaged && !isNewEnough) return;
  rmSync(nodeBin, { force: true });
  symlinkSync(isPackaged ? join('..', name, 'bin', 'node') : process.execPath, nodeBin);
}
