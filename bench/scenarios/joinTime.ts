/** A join that fails counts as one that took this long: it must not make the others look better. */
export const JOIN_TIMEOUT_MS = 10_000;

/** Milliseconds until the first picture, of any scenario's join. */
export function joinTime({ failed, firstFrameMs }: { failed: string | null; firstFrameMs: number | null }): number {
  return failed === null ? (firstFrameMs ?? JOIN_TIMEOUT_MS) : JOIN_TIMEOUT_MS;
}
