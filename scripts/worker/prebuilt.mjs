/** The official prebuilt worker, from where mediasoup's own install step takes it. */
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../setup/run.mjs';
import { mediasoupDir } from './locate.mjs';

/** A network that lets nothing through often answers nothing at all: give up soon, there is another way. */
const STALL_MS = 5_000;

/**
 * @param {{ version: string, repository: { url: string } }} pkg mediasoup's package.json
 * @param {{ platform: string, arch: string, release: string }} system
 * @param {string} [baseUrl] another place for the same files
 * @returns {string}
 */
export function prebuiltUrl(pkg, system, baseUrl) {
  const base = baseUrl || `${pkg.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const kernel = system.platform === 'linux' ? `-kernel${system.release.split('.')[0]}` : '';
  return `${base}/${pkg.version}/mediasoup-worker-${pkg.version}-${system.platform}-${system.arch}${kernel}.tgz`;
}

/**
 * Downloads and unpacks it. MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD and MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL mean
 * what they mean to mediasoup.
 *
 * @param {string} dir a folder for the files, made and emptied first
 * @param {import('../setup/progress.mjs').StepProgress} progress
 * @returns {Promise<string | null>} the path of the binary, null when it cannot be had
 */
export async function downloadPrebuilt(dir, progress) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return null;
  const pkg = JSON.parse(readFileSync(join(mediasoupDir, 'package.json'), 'utf8'));
  const system = { platform: process.platform, arch: process.arch, release: release() };
  const url = prebuiltUrl(pkg, system, process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL);

  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const archive = join(dir, 'worker.tgz');
  progress.update('asking for the official binary');
  try {
    await download(url, archive, (fraction) => progress.update('downloading the official binary', fraction));
    await run('tar', ['-xzf', archive, '-C', dir]);
  } catch {
    return null;
  }
  return join(dir, 'mediasoup-worker');
}

/**
 * @param {string} url
 * @param {string} file
 * @param {(fraction: number) => void} onProgress
 */
async function download(url, file, onProgress) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), STALL_MS);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const totalBytes = Number(response.headers.get('content-length'));
    let receivedBytes = 0;
    const watch = async function* (/** @type {AsyncIterable<Uint8Array>} */ chunks) {
      for await (const chunk of chunks) {
        timer.refresh();
        receivedBytes += chunk.length;
        if (totalBytes > 0) onProgress(receivedBytes / totalBytes);
        yield chunk;
      }
    };
    await pipeline(response.body, watch, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}
