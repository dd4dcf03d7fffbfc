import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a condition holds and answers what it answered. When it does not in time, the error says what was waited
 * for and what was seen last.
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 15_000, intervalMs = 20 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await condition();
    if (seen) return seen as Exclude<T, false | null | undefined | 0 | ''>;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}; saw last: ${String(seen)}`);
    await sleep(intervalMs);
  }
}
