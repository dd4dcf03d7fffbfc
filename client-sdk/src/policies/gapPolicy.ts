import { keyFrameWaitMs } from './keyFramePolicy.ts';

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
  /** How often a key frame was asked for since the picture was lost, and when last; null where it is not lost. */
  asked: { times: number; lastAtMs: number } | null;
}

/** Of a video that was never seen before. */
export function firstLook(atMs: number): VideoGap {
  return { flowedAtMs: atMs, asked: null };
}

/** Longer than jitter; what was sent meanwhile is partly older than what mediasoup keeps to send again (2 s). */
const GAP_MS = 700;

/**
 * Whether to ask for a key frame. After a gap, at whichever end, Chromium first waits for what it missed: a picture that could be
 * back with the network came 2.4 s later (Chromium 156, a gap of 1.8 s). A screen that did not change has gaps too, but misses nothing.
 * Where the picture does not come back even so, for what a browser can not decode, it is asked for ever more seldom, and at last no more.
 */
export function nextGap(gap: VideoGap, { atMs, flows, misses, decodes }: VideoLook): { gap: VideoGap; ask: boolean } {
  if (!flows) return { gap, ask: false };
  if (decodes) return { gap: firstLook(atMs), ask: false };
  const { asked, flowedAtMs } = gap;
  const ask = asked ? isDueAgain(asked, atMs) : misses && atMs - flowedAtMs >= GAP_MS;
  return { gap: { flowedAtMs: atMs, asked: ask ? { times: (asked?.times ?? 0) + 1, lastAtMs: atMs } : asked }, ask };
}

/** As of a first picture that does not come. mediasoup repeats a request that was lost by itself, after a second. */
function isDueAgain({ times, lastAtMs }: { times: number; lastAtMs: number }, atMs: number): boolean {
  const waitMs = keyFrameWaitMs(times - 1);
  return waitMs !== null && atMs - lastAtMs >= waitMs;
}
