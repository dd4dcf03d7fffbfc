/** What a page offers: functions by name, called through DevTools. */
export type ProbeMethods = Record<string, (argument: never) => unknown>;

/** Makes them reachable for `callProbe`. */
export function expose(methods: ProbeMethods): void {
  Object.assign(globalThis, { benchProbe: methods });
}
