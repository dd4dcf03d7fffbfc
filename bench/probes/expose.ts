import type { RemoteMethods } from '../lib/remoteMethods.ts';

/** Makes functions of the page reachable for `callProbe`, which calls them through DevTools. */
export function expose(methods: RemoteMethods): void {
  Object.assign(globalThis, { benchProbe: methods });
}
