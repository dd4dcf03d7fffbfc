/** What one subscriber wants of a video. */
export interface Watching {
  paused: boolean;
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
    if (!watching.paused) layers = Math.max(layers, watching.layers.spatialLayer + 1);
  }
  return layers;
}

export function demandChange(demand: number, told: number): DemandChange {
  if (demand > told) return 'raise';
  return demand < told ? 'lowerLater' : 'keep';
}
