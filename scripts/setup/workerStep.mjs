/** The mediasoup worker: the first of four places that has one which starts. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildPackages, buildWorker } from '../worker/build.mjs';
import { checkWorker } from '../worker/check.mjs';
import { cacheDir, cachedWorkerBin, findWorkerBin, mediasoupVersion } from '../worker/locate.mjs';
import { downloadPrebuilt } from '../worker/prebuilt.mjs';
import { hasApt, installPackages, missingPackages } from './apt.mjs';
import { SetupError } from './errors.mjs';
import { acquireLock } from './lock.mjs';

export const workerStep = {
  title: 'mediasoup worker',

  /** @returns {Promise<string | null>} */
  async check() {
    const bin = findWorkerBin();
    if (bin === null) return null;
    const fault = await checkWorker(bin, mediasoupVersion() ?? '');
    if (fault !== null && process.env.MEDIASOUP_WORKER_BIN) {
      throw new SetupError(
        `MEDIASOUP_WORKER_BIN is ${bin}, which does not start: ${fault}`,
        'Correct the variable, or unset it to let this setup get a worker.',
      );
    }
    return fault === null ? `${mediasoupVersion()}, ${placeOf(bin)}` : null;
  },

  /**
   * @param {import('./progress.mjs').StepProgress} progress
   * @returns {Promise<string>}
   */
  async run(progress) {
    const version = mediasoupVersion();
    const target = cachedWorkerBin();
    if (version === null || target === null) throw new SetupError('The npm package mediasoup is not installed.');

    // Two checkouts share the cache, so the lock of one checkout is not enough.
    const release = await acquireLock(`${target}.lock`, (owner) => {
      progress.update(`waiting for another setup (process ${owner.pid}) that makes the same worker`);
    });
    try {
      const made = await workerStep.check();
      if (made !== null) return made;
      const work = join(cacheDir(), `work-${basename(target)}`);
      const place = (await placePrebuilt(work, version, target, progress)) ? 'official binary' : 'built from source';
      if (place === 'built from source') await placeBuilt(work, version, target, progress);
      rmSync(work, { recursive: true, force: true });
      return `${version}, ${place}`;
    } finally {
      release();
    }
  },
};

/**
 * @param {string} work
 * @param {string} version
 * @param {string} target
 * @param {import('./progress.mjs').StepProgress} progress
 * @returns {Promise<boolean>}
 */
async function placePrebuilt(work, version, target, progress) {
  const bin = await downloadPrebuilt(join(work, 'prebuilt'), progress);
  if (bin === null || !existsSync(bin)) return false;
  chmodSync(bin, 0o755);
  if ((await checkWorker(bin, version)) !== null) return false;
  place(bin, target);
  return true;
}

/**
 * @param {string} work
 * @param {string} version
 * @param {string} target
 * @param {import('./progress.mjs').StepProgress} progress
 */
async function placeBuilt(work, version, target, progress) {
  if (!hasApt()) {
    throw new SetupError(
      'There is no official worker binary for this system (or no way to download it), and it is not built here without apt.',
      'Set MEDIASOUP_WORKER_BIN to the path of a mediasoup-worker of version ' + version + '.',
    );
  }
  const missing = missingPackages(buildPackages);
  if (missing.length > 0) await installPackages(missing, 'build the mediasoup worker', progress);
  const bin = await buildWorker(join(work, 'build'), progress);
  const fault = await checkWorker(bin, version);
  if (fault !== null) throw new SetupError(`The worker was built, but does not start: ${fault}`);
  place(bin, target);
}

/**
 * Only a whole file ever has the final name.
 *
 * @param {string} bin
 * @param {string} target
 */
function place(bin, target) {
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.unfinished`;
  copyFileSync(bin, unfinished);
  renameSync(unfinished, target);
}

/** @param {string} bin */
function placeOf(bin) {
  if (process.env.MEDIASOUP_WORKER_BIN) return 'from MEDIASOUP_WORKER_BIN';
  return bin === cachedWorkerBin() ? 'from the cache' : 'from its npm package';
}
