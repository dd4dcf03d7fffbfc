/** Milliseconds since 1970 of a time of this page, to compare it with one of another page on this machine. */
export function wallClockMs(pageMs: number = performance.now()): number {
  return performance.timeOrigin + pageMs;
}
