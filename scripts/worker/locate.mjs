/**
 * Where the mediasoup-worker binary is. Shared by scripts/setup.mjs, which puts it there, and by the server, which
 * starts it; so it is synchronous and needs no npm package.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashFolder } from '../hashFolder.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** The npm package whose worker we run. */
export const mediasoupDir = join(here, '..', '..', 'node_modules', 'mediasoup');

/** What is changed in the worker's source and how it is built. */
export const recipeDir = join(here, 'recipe');

/** Where mediasoup's own install step leaves its worker. */
const officialBin = join(mediasoupDir, 'worker', 'out', 'Release', 'mediasoup-worker');

/**
 * Chaxi's folder in the user's cache: workers, work in progress, locks.
 *
 * @returns {string}
 */
export function cacheDir() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chaxi');
}

/**
 * @returns {string | null} null when npm has not installed mediasoup yet
 */
export function mediasoupVersion() {
  try {
    return JSON.parse(readFileSync(join(mediasoupDir, 'package.json'), 'utf8')).version;
  } catch {
    return null;
  }
}

/**
 * The place of the cached worker for this mediasoup version, platform and recipe, whether it is there or not.
 *
 * @returns {string | null} null when npm has not installed mediasoup yet
 */
export function cachedWorkerBin() {
  const version = mediasoupVersion();
  if (version === null) return null;
  const key = [version, process.platform, process.arch, hashFolder(recipeDir)].join('-');
  return join(cacheDir(), `mediasoup-worker-${key}`);
}

/**
 * The worker to start: MEDIASOUP_WORKER_BIN, else the cached one, else the one that mediasoup's own install step left.
 *
 * @returns {string | null} null when there is none: scripts/setup.mjs has not run
 */
export function findWorkerBin() {
  if (process.env.MEDIASOUP_WORKER_BIN) return process.env.MEDIASOUP_WORKER_BIN;
  const cached = cachedWorkerBin();
  if (cached !== null && existsSync(cached)) return cached;
  return existsSync(officialBin) ? officialBin : null;
}
