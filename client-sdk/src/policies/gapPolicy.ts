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
  /** Of the path to the server, as far as it is known. */
  rttMs?: number;
}

/** What is remembered between two looks. */
export interface VideoGap {
  /** When a frame was decoded last, or it was looked at first. */
  decodedAtMs: number;
  /** How often a key frame was asked for since the picture was lost, and when last; null where it is not lost. */
  asked: { times: number; lastAtMs: number } | null;
}

/** Of a video that was never seen before. */
export function firstLook(atMs: number): VideoGap {
  return { decodedAtMs: atMs, asked: null };
}

/** Longer than retransmissions take; after a gap of the network it is partly older than what mediasoup keeps to send again (2 s). */
const GAP_MS = 700;
/** What is lost more than once takes a round trip each time. */
const ROUND_TRIPS = 4;

/**
 * Whether to ask for a key frame, and for nothing of before. After a gap, at whichever end, Chromium first waits for what it missed: a picture
 * that could be back with the network came 2.4 s later (Chromium 156, a gap of 1.8 s). And a link that narrows is filled by what is sent again
 * of a picture too large for it: at 800 kbps nothing was seen for 4 s. A screen that did not change has gaps too, but misses nothing. Where the
 * picture does not come back even so, for what a browser can not decode, it is asked for ever more seldom, and at last no more.
 */
export function nextGap(
  gap: VideoGap,
  { atMs, flows, misses, decodes, rttMs = 0 }: VideoLook,
): { gap: VideoGap; ask: boolean } {
  if (!flows) return { gap, ask: false };
  if (decodes) return { gap: firstLook(atMs), ask: false };
  const { asked, decodedAtMs } = gap;
  const ask = asked ? isDueAgain(asked, atMs) : misses && atMs - decodedAtMs >= GAP_MS + ROUND_TRIPS * rttMs;
  return { gap: { decodedAtMs, asked: ask ? { times: (asked?.times ?? 0) + 1, lastAtMs: atMs } : asked }, ask };
}

/** As of a first picture that does not come. mediasoup repeats a request that was lost by itself, after a second. */
function isDueAgain({ times, lastAtMs }: { times: number; lastAtMs: number }, atMs: number): boolean {
  const waitMs = keyFrameWaitMs(times - 1);
  return waitMs !== null && atMs - lastAtMs >= waitMs;
}
