/** What another process or a page offers: functions by name. */
export type RemoteMethods = Record<string, (argument: never) => unknown>;

export type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
export type ResultOf<F> = F extends (argument: never) => infer R ? Awaited<R> : never;
