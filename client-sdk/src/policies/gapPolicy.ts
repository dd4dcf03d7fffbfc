/** What was seen of a video since the look before. */
export interface VideoLook {
  atMs: number;
  /** Packets came. */
  flows: boolean;
  /** Some did not come. */
  misses: boolean;
  /** Frames were decoded. */
  decodes: boolean;
}

/** What is remembered between two looks. */
export interface VideoGap {
  /** When packets came last. */
  flowedAtMs: number;
  /** When a key frame was asked for last after a gap; null where there was none, or the picture is back. */
  askedAtMs: number | null;
}

/** Longer than jitter; what was sent meanwhile is partly older than what mediasoup keeps to send again (2 s). */
const GAP_MS = 700;
/** mediasoup repeats a request that was lost after a second. */
const ASK_AGAIN_MS = 1_000;

/**
 * Whether to ask for a key frame. After a gap, at whichever end, Chromium first waits for what it missed: a picture that could be
 * back with the network came 2.4 s later (Chromium 156, a gap of 1.8 s). A screen that did not change has gaps too, but misses nothing.
 */
export function nextGap(gap: VideoGap, { atMs, flows, misses, decodes }: VideoLook): { gap: VideoGap; ask: boolean } {
  if (!flows) return { gap, ask: false };
  const { askedAtMs, flowedAtMs } = gap;
  const isDue = askedAtMs === null ? misses && atMs - flowedAtMs >= GAP_MS : atMs - askedAtMs >= ASK_AGAIN_MS;
  if (decodes) return { gap: { flowedAtMs: atMs, askedAtMs: null }, ask: false };
  return { gap: { flowedAtMs: atMs, askedAtMs: isDue ? atMs : askedAtMs }, ask: isDue };
}
