/** The bundles that browsers load. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { inlineWorker } from './inlineWorker.mjs';
import { loadedApart } from './loadedApart.mjs';
import { sdkEntries } from './entries.mjs';

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  sourcemap: true,
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
  plugins: [inlineWorker, loadedApart('.')],
  // Icons are written into the page.
  loader: { '.svg': 'text' },
};

/**
 * The entries of the SDK, each as a module, and as one file for a page without modules, with a global name.
 *
 * @param {string} sdkDir
 * @param {string} outDir
 */
export async function bundleSdk(sdkDir, outDir) {
  for (const { source, bundle, globalName } of sdkEntries) {
    await bundleBoth(join(sdkDir, source), join(outDir, bundle), globalName);
  }
}

/**
 * The pages and the elements `<chaxi-room>` and `<chaxi-chat>`. Each page is one file: a shared chunk would cost it a round trip.
 *
 * @param {string} webDir
 * @param {string} outDir
 */
export async function bundleWeb(webDir, outDir) {
  const src = join(webDir, 'src');
  await esbuild.build({
    ...common,
    entryPoints: filesIn(join(src, 'pages')),
    outdir: join(outDir, 'pages'),
    format: 'esm',
    plugins: [inlineWorker, loadedApart('..')],
  });
  // Loaded when they are needed. In a shop's page `importScripts` does it, which takes no modules.
  await esbuild.build({
    ...common,
    entryPoints: filesIn(join(src, 'workers')),
    outdir: join(outDir, 'workers'),
    format: 'iife',
  });
  await bundleBoth(join(src, 'element.ts'), join(outDir, 'chaxi-room'), 'ChaxiRoomElement');
  await bundleBoth(join(src, 'chat', 'index.ts'), join(outDir, 'chaxi-chat'), 'ChaxiChatElement');
  cpSync(join(webDir, 'public'), outDir, { recursive: true });
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/**
 * @param {string} entry
 * @param {string} base path of the outputs without `.js` and `.iife.js`
 * @param {string} globalName
 */
async function bundleBoth(entry, base, globalName) {
  await esbuild.build({ ...common, entryPoints: [entry], outfile: `${base}.js`, format: 'esm' });
  await esbuild.build({ ...common, entryPoints: [entry], outfile: `${base}.iife.js`, format: 'iife', globalName });
}
