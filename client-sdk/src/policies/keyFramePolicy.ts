/**
 * A video that is received for this long without a single frame needs a key frame that nobody asked for, or whose request
 * was lost. Not sooner: mediasoup asks by itself when a consumer starts, and Chromium ignores a second request within
 * 300 ms, after which mediasoup waits for a whole second.
 */
const FIRST_WAIT_MS = 1_500;
const MAX_REQUESTS = 5;

/** Milliseconds without a frame after which request number `sent` (from 0) is due; null asks no more. */
export function keyFrameWaitMs(sent: number): number | null {
  return sent < MAX_REQUESTS ? FIRST_WAIT_MS * 2 ** sent : null;
}
