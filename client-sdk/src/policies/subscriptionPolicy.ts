import type { Source } from '../../../protocol/grants.ts';

/** One element that shows a video, in device pixels. */
export interface ElementView {
  widthPx: number;
  heightPx: number;
  /** The video is cut to fill the element (`object-fit: cover`) instead of being fitted into it. */
  filled: boolean;
  /** Inside the viewport, or in a picture-in-picture window. */
  visible: boolean;
  /** Seen even while the page is hidden. */
  pictureInPicture: boolean;
}

export interface SubscriptionView {
  kind: 'audio' | 'video';
  source: Source;
  /** Whose it is speaks. */
  speaking: boolean;
  /** Other videos are received beside it, over the same link. */
  competing: boolean;
  /** `setSubscribed` of the application. */
  subscribed: boolean;
  /** The room follows size and visibility. */
  adaptive: boolean;
  /** It has been attached once. Before that it is received in full, so that the first picture is there at once. */
  wasAttached: boolean;
  pageVisible: boolean;
  elements: readonly ElementView[];
  /** How many sizes the publisher sends. */
  spatialLayers: number;
  /** Pixels of the largest. */
  fullSize: { width: number; height: number };
}

/** What the server is asked to send. */
export interface SubscriptionWish {
  paused: boolean;
  /** 0 is the smallest. */
  spatialLayer: number;
  /** 1 to 255. */
  priority: number;
}

/** A layer may be this much smaller than the element before the larger one is worth its bits. */
const UPSCALING_TOLERANCE = 1.2;

/**
 * Who gets the bits of a tight link. mediasoup gives each layered video its lowest layer, in this order and as long as there is
 * bitrate; what is left goes to the first, then to the next (Transport::DistributeAvailableOutgoingBitrate). Sound stands above all:
 * it is always sent. So is a video of one layer, which mediasoup never pauses; what it takes has to be counted before the others.
 */
const PRIORITY = { singleLayer: 255, closeUp: 200, shown: 100, rest: 1 } as const;

/** What of a track to receive. Audio is never paused but by the application. */
export function subscriptionWish(view: SubscriptionView): SubscriptionWish {
  const largest = view.spatialLayers - 1;
  const priority = priorityOf(view);
  if (!view.subscribed) return { paused: true, spatialLayer: largest, priority };
  if (view.kind === 'audio' || !view.adaptive || !view.wasAttached) {
    return { paused: false, spatialLayer: largest, priority };
  }
  const seen = view.elements.filter((element) => (view.pageVisible ? element.visible : element.pictureInPicture));
  if (seen.length === 0) return { paused: true, spatialLayer: largest, priority };
  const layers = seen.map((element) => layerFor(element, view));
  return { paused: false, spatialLayer: Math.max(...layers), priority };
}

/** Less than before: such a change may wait, since it is often undone (a scroll, a layout in motion, a pause in speaking). */
export function isLess(wish: SubscriptionWish, than: SubscriptionWish): boolean {
  if (wish.paused !== than.paused) return wish.paused;
  if (wish.spatialLayer !== than.spatialLayer) return wish.spatialLayer < than.spatialLayer;
  return wish.priority < than.priority;
}

function priorityOf({ kind, source, speaking, competing, spatialLayers }: SubscriptionView): number {
  if (kind === 'audio' || !competing) return PRIORITY.rest;
  if (spatialLayers === 1) return PRIORITY.singleLayer;
  if (source === 'teaCloseUp') return PRIORITY.closeUp;
  return source === 'screen' || speaking ? PRIORITY.shown : PRIORITY.rest;
}

/** The smallest layer that fills the element; each is twice the size of the one below. */
function layerFor(element: ElementView, view: SubscriptionView): number {
  const scales = [element.widthPx / view.fullSize.width, element.heightPx / view.fullSize.height];
  const scale = element.filled ? Math.max(...scales) : Math.min(...scales);
  for (let layer = 0; layer < view.spatialLayers - 1; layer++) {
    const layerScale = 1 / 2 ** (view.spatialLayers - 1 - layer);
    if (scale <= layerScale * UPSCALING_TOLERANCE) return layer;
  }
  return view.spatialLayers - 1;
}
