/** The bundles that browsers load. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: true,
  sourcemap: true,
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
  // Icons are written into the page.
  loader: { '.svg': 'text' },
};

/**
 * The SDK as a module, and as one file for a page without modules, with the global name `Chaxi`.
 *
 * @param {string} sdkDir
 * @param {string} outDir
 */
export async function bundleSdk(sdkDir, outDir) {
  const entry = join(sdkDir, 'src', 'index.ts');
  await bundleBoth(entry, join(outDir, 'chaxi-client'), 'Chaxi');
}

/**
 * The pages and the `<chaxi-room>` element. Each page is one file: a shared chunk would cost it a round trip.
 *
 * @param {string} webDir
 * @param {string} outDir
 */
export async function bundleWeb(webDir, outDir) {
  const pages = join(webDir, 'src', 'pages');
  const entryPoints = readdirSync(pages)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(pages, name));
  await esbuild.build({ ...common, entryPoints, outdir: join(outDir, 'pages'), format: 'esm' });
  await bundleBoth(join(webDir, 'src', 'element.ts'), join(outDir, 'chaxi-room'), 'ChaxiRoomElement');
  cpSync(join(webDir, 'public'), outDir, { recursive: true });
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
