import { join } from 'node:path';

/**
 * What is an entry of its own and elsewhere loaded on demand only: its bundle is then loaded at run time, from beside the one that asks for it.
 * Bundles of one server have the same version.
 *
 * @type {ReadonlyArray<[source: RegExp, bundle: string]>}
 */
const apart = [
  [/client-sdk[\\/]src[\\/]messaging[\\/]index\.ts$/, 'chaxi-messages.js'],
  [/web[\\/]src[\\/]chat[\\/]index\.ts$/, 'chaxi-chat.js'],
];

/**
 * @param {string} folder of the bundles, as seen from the one that is made: `.` or `..`
 * @returns {import('esbuild').Plugin}
 */
export function loadedApart(folder) {
  return {
    name: 'loaded-apart',
    setup(build) {
      build.onResolve({ filter: /[\\/]index\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const source = join(resolveDir, path);
        const [, bundle] = apart.find(([entry]) => entry.test(source)) ?? [];
        return bundle === undefined ? undefined : { path: `${folder}/${bundle}`, external: true };
      });
    },
  };
}
