/** What a timer of TCP is multiplied by each time it expires (RFC 6298 section 5.5). */
const BACK_OFF = 2;

/**
 * When a segment gets through that was first sent at `sentAtMs`, while nothing passes before `openAtMs`: at the first expiry of its timer
 * from then on. So a network that was away for long is found again late: after 5 s by Linux at 6.2 s.
 */
export function retransmittedAt(sentAtMs: number, firstTimeoutMs: number, openAtMs: number): number {
  let atMs = sentAtMs;
  for (let timeoutMs = firstTimeoutMs; atMs < openAtMs; timeoutMs *= BACK_OFF) atMs += timeoutMs;
  return atMs;
}
