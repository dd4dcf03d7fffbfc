import type { Still } from '../../../client-sdk/src/index.ts';

/** Each still once, newest first; of two with the same id the one that came later. */
export function mergeStills(known: readonly Still[], more: readonly Still[]): Still[] {
  const byId = new Map([...known, ...more].map((still) => [still.stillId, still]));
  return [...byId.values()].sort((one, other) => (one.stillId < other.stillId ? 1 : -1));
}
