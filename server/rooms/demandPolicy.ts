/** What one subscriber wants of a video. */
export interface Watching {
  paused: boolean;
  /** They may not have it now. */
  withheld?: boolean;
  /** The largest that are wanted; 0 is the smallest. */
  layers: { spatialLayer: number };
}

/** What its publisher shall do about a demand. */
export type DemandChange = 'raise' | 'lowerLater' | 'keep';

/**
 * Less is asked for some seconds late: whoever scrolls, reloads or turns a page wants it again in a moment, and an encoder that
 * is set up anew costs a key frame.
 */
export const LOWER_DELAY_MS = 3_000;

/**
 * How many of the smallest layers are watched; 0 where nobody does. Those below the largest stay, whether or not anyone has
 * chosen them: they are the net for whoever's link narrows.
 */
export function layersInDemand(watchers: Iterable<Watching>): number {
  let layers = 0;
  for (const watching of watchers) {
    if (!watching.paused && !watching.withheld) layers = Math.max(layers, watching.layers.spatialLayer + 1);
  }
  return layers;
}

/** Before the first frame the publisher's encoder is set up anew. */
const ENCODER_MS = 50;
/** A longer round trip of a ping is mostly one that waited for a retransmission. */
const MAX_RTT_MS = 500;

/**
 * How long after it was asked for a layer can be here, in milliseconds: the publisher hears of it half a round trip later, and
 * its first frame takes the other half. Where nothing is known of the way it counts for nothing, and later attempts have to do.
 */
export function layerArrivalMs(publisherRttMs = 0): number {
  return ENCODER_MS + Math.min(publisherRttMs, MAX_RTT_MS);
}

export function demandChange(demand: number, told: number): DemandChange {
  if (demand > told) return 'raise';
  return demand < told ? 'lowerLater' : 'keep';
}
