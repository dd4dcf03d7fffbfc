const RECENT_MS = 60_000;
const LONGEST_MS = 10_000;

/** More of the latest deaths than these change nothing. */
export const REMEMBERED_DEATHS = 10;

/**
 * How long to wait before a dead worker, a process or a thread, is replaced: not at all after the first death in a
 * minute, then 250 ms, doubled with each further one, so that a worker that can not live does not burn the machine.
 */
export function respawnDelayMs(deaths: readonly number[], now: number): number {
  const recent = deaths.filter((time) => now - time < RECENT_MS).length;
  return recent <= 1 ? 0 : Math.min(LONGEST_MS, 250 * 2 ** (recent - 2));
}
