import type { ConnectionQuality } from '../../protocol/participants.ts';

/**
 * The network quality of a participant from mediasoup's scores (0: nothing arrives, 10: nothing is lost) of what it sends
 * and of what it is sent; the worst one counts. A stream that is paused has no score and is left out by the caller.
 */
export function connectionQuality(scores: readonly number[]): ConnectionQuality {
  if (scores.length === 0) return 'unknown';
  const worst = Math.min(...scores);
  if (worst >= 8) return 'good';
  return worst >= 5 ? 'fair' : 'poor';
}
