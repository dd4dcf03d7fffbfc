import type { NetworkFacts } from './judgeNetwork.ts';

/** One consumer, as mediasoup tells of it. */
export interface WatchedLayers {
  kind: 'audio' | 'video';
  type: 'simple' | 'simulcast' | 'svc' | 'pipe';
  paused: boolean;
  producerPaused: boolean;
  preferredLayers?: { spatialLayer: number };
  /** Undefined while none is sent. */
  currentLayers?: { spatialLayer: number };
  /** One a stream of the publisher; 0 is sent by nobody. */
  score: { producerScores: number[] };
}

/**
 * Whether someone gets less of a video than they asked for although the publisher sends it, for which mediasoup has one cause:
 * their bandwidth. A publisher who sends small pictures, or stopped a layer that nobody watches, withholds nothing.
 */
export function videoWithheld(consumers: Iterable<WatchedLayers>): NetworkFacts['withheld'] {
  let withheld: NetworkFacts['withheld'] = 'nothing';
  for (const { kind, type, paused, producerPaused, preferredLayers, currentLayers, score } of consumers) {
    if (kind !== 'video' || type !== 'simulcast' || paused || producerPaused || !preferredLayers) continue;
    const wanted = score.producerScores.slice(0, preferredLayers.spatialLayer + 1);
    const largestSent = wanted.findLastIndex((producerScore) => producerScore > 0);
    if (largestSent < 0) continue;
    if (!currentLayers) return 'video';
    if (currentLayers.spatialLayer < largestSent) withheld = 'layers';
  }
  return withheld;
}
