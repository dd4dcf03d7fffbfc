import type { SentStep } from './narrowUplinkPolicy.ts';
import { svcMode, type VideoEncoding, type VideoPublishPlan } from './publishPolicy.ts';

/** As RTCRtpEncodingParameters. What stands here replaces what is set, also where it is undefined. */
export interface SentEncoding {
  active: boolean;
  maxBitrate: number;
  maxFramerate: number | undefined;
  scaleResolutionDownBy: number | undefined;
  scalabilityMode: string;
}

/**
 * A stream of simulcast that nobody watches is not stopped while a smaller one is watched, but rests: 7 kbps. mediasoup takes one that
 * stops for dead after 1.5 s, and when it comes back, does not use it for its first two seconds
 * (SimulcastProducerStreamManager::IncreaseLayer, StreamMinActiveMs). Two frames a second, so that one may be late or lost.
 */
const REST = { longerSidePx: 80, maxFramerate: 2, maxBitrate: 30_000 } as const;
/**
 * Without a limit Chromium takes the one of the resting streams for those beside them. This one is far above what a camera gives,
 * since Chromium leaves out frames that come a little early.
 */
const FRAME_RATE_ROOM = 2;

/**
 * What is sent while so many of the smallest layers are watched; nothing at all while none is. `step`: what of them the link carries, of
 * simulcast alone.
 */
export function sentEncodings(plan: VideoPublishPlan, layers: number, step?: SentStep): SentEncoding[] {
  const { encodings, layerBitrates } = plan;
  const all = layerBitrates.length;
  const wanted = Math.min(layers, all);
  if (wanted === 0) return encodings.map((encoding) => unchanged(encoding, false));
  if (encodings.length === 1) {
    return encodings.map((encoding) =>
      wanted === all ? unchanged(encoding, true) : smallerSvc(encoding, layerBitrates, wanted),
    );
  }
  const { smaller = wanted - 1, shrink = 1, largestBps = 0 } = step ?? {};
  const maxFramerate = wanted === all ? {} : { maxFramerate: plan.size.frameRate * FRAME_RATE_ROOM };
  return encodings.map((encoding, layer) => {
    if (layer >= wanted) return resting(encoding, plan);
    // mediasoup is to take it for dead: to whoever watches it, it sends another one.
    if (layer < wanted - 1) return { ...unchanged(encoding, layer < smaller), ...maxFramerate };
    if (shrink === null) return unchanged(encoding, false);
    return { ...shrunk(encoding, shrink, largestBps), ...maxFramerate };
  });
}

function unchanged(encoding: VideoEncoding, active: boolean): SentEncoding {
  const { maxBitrate, maxFramerate, scaleResolutionDownBy, scalabilityMode } = encoding;
  return { active, maxBitrate, maxFramerate, scaleResolutionDownBy, scalabilityMode };
}

function shrunk(encoding: VideoEncoding, shrink: number, maxBitrate: number): SentEncoding {
  const whole = unchanged(encoding, true);
  if (shrink === 1) return whole;
  return { ...whole, maxBitrate, scaleResolutionDownBy: (encoding.scaleResolutionDownBy ?? 1) * shrink };
}

/** The same layers without the largest ones: each is half the size of the next. */
function smallerSvc(encoding: VideoEncoding, layerBitrates: readonly number[], wanted: number): SentEncoding {
  const { scaleResolutionDownBy = 1 } = encoding;
  return {
    ...unchanged(encoding, true),
    maxBitrate: layerBitrates.slice(0, wanted).reduce((sum, bitrate) => sum + bitrate, 0),
    scaleResolutionDownBy: scaleResolutionDownBy * 2 ** (layerBitrates.length - wanted),
    scalabilityMode: svcMode(wanted),
  };
}

function resting(encoding: VideoEncoding, { size }: VideoPublishPlan): SentEncoding {
  const { longerSidePx, maxFramerate, maxBitrate } = REST;
  const scaleResolutionDownBy = Math.max(1, Math.max(size.width, size.height) / longerSidePx);
  return { ...unchanged(encoding, true), maxBitrate, maxFramerate, scaleResolutionDownBy };
}
