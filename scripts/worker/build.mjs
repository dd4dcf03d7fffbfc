/** Builds mediasoup-worker from the source inside the npm package, by recipe/, with the system's libraries. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchSource } from '../setup/apt.mjs';
import { SetupError } from '../setup/errors.mjs';
import { parseNinjaLine } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';
import { mediasoupDir, recipeDir } from './locate.mjs';
import { mesonOptions, patches } from './recipe/recipe.mjs';

/** What the build needs on Debian 12. */
export const buildPackages = [
  ...['g++', 'meson', 'ninja-build', 'pkg-config', 'dpkg-dev'],
  ...['libuv1-dev', 'libssl-dev', 'libabsl-dev', 'libflatbuffers-dev', 'flatbuffers-compiler'],
];

/**
 * Replaces each patch's text, which must be there exactly once.
 *
 * @param {ReadonlyArray<{ file: string, find: string, replace: string }>} patchList
 * @param {string} dir
 */
export function applyPatches(patchList, dir) {
  for (const { file, find, replace } of patchList) {
    const path = join(dir, file);
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length !== 2) {
      throw new SetupError(
        `The worker's source is not what the recipe knows: ${file} has ${parts.length - 1} times \`${find}\`, not once.`,
        'scripts/worker/recipe/ must be looked over for this version of mediasoup.',
      );
    }
    writeFileSync(path, parts.join(replace));
  }
}

/**
 * Builds in `dir`. After an interruption it goes on there: only a complete source folder bears its final name, and
 * ninja knows which objects are complete.
 *
 * @param {string} dir
 * @param {import('../setup/progress.mjs').StepProgress} progress
 * @returns {Promise<string>} the path of the binary
 */
export async function buildWorker(dir, progress) {
  mkdirSync(dir, { recursive: true });
  const source = join(dir, 'source');
  if (!existsSync(source)) await prepareSource(source, dir, progress);

  const build = join(source, 'build');
  if (!existsSync(join(build, 'build.ninja'))) {
    progress.update('configuring');
    rmSync(build, { recursive: true, force: true });
    await run('meson', ['setup', ...mesonOptions, build], { cwd: source });
  }
  progress.update('compiling');
  await run('ninja', ['-C', build, 'mediasoup-worker'], {
    onLine: (line) => {
      const count = parseNinjaLine(line);
      if (count) progress.update(`compiling ${count.done}/${count.total}`, count.done / count.total);
    },
  });
  // Symbols are two fifths of the file.
  const binary = join(dir, 'mediasoup-worker');
  await run('strip', ['-o', binary, join(build, 'mediasoup-worker')]);
  return binary;
}

/**
 * @param {string} source
 * @param {string} dir
 * @param {import('../setup/progress.mjs').StepProgress} progress
 */
async function prepareSource(source, dir, progress) {
  progress.update('fetching the source of libsrtp2');
  const libsrtp2 = await fetchSource('libsrtp2', join(dir, 'libsrtp2'));

  progress.update('preparing the source');
  const unfinished = `${source}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(join(mediasoupDir, 'worker'), unfinished, { recursive: true });
  applyPatches(patches, unfinished);
  // Without the original wraps meson has nothing to download from.
  rmSync(join(unfinished, 'subprojects'), { recursive: true });
  cpSync(join(recipeDir, 'subprojects'), join(unfinished, 'subprojects'), { recursive: true });
  cpSync(libsrtp2, join(unfinished, 'subprojects', 'libsrtp2'), { recursive: true });
  renameSync(unfinished, source);
}
