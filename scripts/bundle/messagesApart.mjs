/**
 * Leaves the messages out of whatever loads them on demand: they are an entry of their own, whose bundle is loaded at run time
 * from beside the one that asks for it. Two bundles of one folder have the same server, and the same version.
 *
 * @param {string} bundlePath of the bundle of messages, as seen from the bundle that is made
 * @returns {import('esbuild').Plugin}
 */
export function messagesApart(bundlePath) {
  return {
    name: 'messages-apart',
    setup(build) {
      build.onResolve({ filter: /[\\/]messaging[\\/]index\.ts$/ }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: bundlePath, external: true } : undefined,
      );
    },
  };
}
