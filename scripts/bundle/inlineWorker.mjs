/** Puts the bundled frame worker into the SDK as text: a page loads one file, and a shop hosts no second one. */
import { dirname, join } from 'node:path';
import esbuild from 'esbuild';

/** @type {import('esbuild').Plugin} */
export const inlineWorker = {
  name: 'inline-worker',
  setup(build) {
    build.onLoad({ filter: /[\\/]frameWorkerSource\.ts$/ }, async ({ path }) => {
      const entry = join(dirname(path), 'frameWorker.ts');
      const { outputFiles, metafile } = await esbuild.build({
        entryPoints: [entry],
        bundle: true,
        minify: true,
        platform: 'browser',
        target: build.initialOptions.target,
        format: 'iife',
        write: false,
        metafile: true,
      });
      const text = outputFiles[0]?.text ?? '';
      const watchFiles = Object.keys(metafile.inputs);
      return { contents: `export const frameWorkerSource = ${JSON.stringify(text)};`, loader: 'js', watchFiles };
    });
  },
};
