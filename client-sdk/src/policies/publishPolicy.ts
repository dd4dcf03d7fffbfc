import type { Source } from '../../../protocol/grants.ts';
import type { CodecName, VideoCodecName } from '../../../protocol/mediaCodecs.ts';
import type { CaptureProfile } from '../devices/captureOptions.ts';

export interface VideoToPublish {
  source: Source;
  profile: CaptureProfile;
  codec: VideoCodecName;
  width: number;
  height: number;
  frameRate: number;
  /** What the application asked for. */
  simulcast?: boolean;
  maxBitrateBps?: number;
}

/** As RTCRtpEncodingParameters, smallest layer first. */
export interface VideoEncoding {
  maxBitrate: number;
  maxFramerate?: number;
  scaleResolutionDownBy?: number;
  scalabilityMode: string;
}

export interface VideoPublishPlan {
  /** One for each stream of simulcast; else one for all layers. */
  encodings: VideoEncoding[];
  /** Of each spatial layer in bits a second, smallest first. */
  layerBitrates: number[];
  size: { width: number; height: number; frameRate: number };
  /**
   * Where the bandwidth estimation begins. Left alone it begins at 300 kbps, and the first seconds of 1280 x 720 arrive as
   * 480 x 270. It is more than the encodings use: Chromium spreads a key frame over the time that it takes at 2.5 times the
   * estimate, and a joiner waits for all of it (measured at 640 x 360: 7 ms at 2,500 kbps, 60 ms at 450).
   */
  startBitrateKbps: number;
  /** What the bandwidth estimation never goes below, where something is worth it. */
  minBitrateKbps?: number;
  degradationPreference: RTCDegradationPreference;
  contentHint: '' | 'detail';
}

/**
 * How many sizes a camera is sent in, by the longer side of what it gives: each is half of the next, and the smallest about 320
 * wide, which 150 kbps carry. In sizes of less nothing could be seen any more.
 */
const LAYERS_FROM_WIDTH = [
  { minWidth: 960, layers: 3 },
  { minWidth: 480, layers: 2 },
] as const;
const simulcastCodecs: ReadonlySet<CodecName> = new Set(['vp8', 'h264']);
/**
 * Two temporal layers: a weak link gets half the frames before it gets a smaller picture. With three, mediasoup chose 1280 x 720 at
 * 7 frames a second for 800 kbps, where 640 x 360 at 30 had been (it prefers the larger layer as soon as a quarter of its frames fit).
 */
const LAYERED = 'L1T2';
/**
 * A single stream of VP8 or H.264 has none: mediasoup would take it for SVC, and there the key frame with which a
 * receiver starts is lost (measured: the first picture 300 to 1,300 ms late, in every join).
 */
const UNLAYERED = 'L1T1';
/**
 * AV1 has one size: over mediasoup 3.27 a receiver in Chromium 156 that went from its smallest layer to a larger one decoded no frame any
 * more, with a key frame at each of its requests, whether or not the scalability mode was changed too.
 */
const ONE_SIZE: CodecName = 'av1';
/** Bits a pixel and frame; a leaf needs more than a face. */
const BITS_PER_PIXEL = { standard: 0.065, tea: 0.095, smaller: 0.09 } as const;
/** Newer codecs do the same with less. */
const codecFactor: Readonly<Record<VideoCodecName, number>> = { vp8: 1, h264: 1, vp9: 0.75, av1: 0.7 };
const BITRATE_RANGE_BPS = { min: 150_000, max: 6_000_000 };
const SCREEN_BITRATE_BPS = 2_500_000;
const MAX_START_BITRATE_BPS = 2_500_000;
/** Start bitrate over what the encodings use. A narrow link is found out by the first probes, which grow with it. */
const START_HEADROOM = 4;

/**
 * Below this not even a small picture of tea has a colour. Chromium does hold to it, and a floor above the link is never left again:
 * with 600 kbps on a link of 300 the estimation stayed there for good. A link of 150 kbps carries this one and a voice (66 kbps with
 * its headers); a floor of 150 took 11 % of the sound there.
 */
const TEA_MIN_BITRATE_BPS = 80_000;

/** The cup is tea unless the application says otherwise. */
export function defaultProfile(source: Source): CaptureProfile {
  return source === 'teaCloseUp' ? 'tea' : 'standard';
}

/** How a video is encoded: layers, bitrates, and what gives way when the link is too weak for it. */
export function videoPublishPlan(video: VideoToPublish): VideoPublishPlan {
  const { width, height, frameRate } = video;
  const layerBitrates = video.source === 'screen' ? [video.maxBitrateBps ?? SCREEN_BITRATE_BPS] : cameraBitrates(video);
  const encodings = video.source === 'screen' ? [screenEncoding(video)] : cameraEncodings(video, layerBitrates);
  const totalBps = layerBitrates.reduce((sum, bitrate) => sum + bitrate, 0);
  // Who sets a limit knows the link.
  const headroom = video.maxBitrateBps === undefined ? START_HEADROOM : 1;
  return {
    encodings,
    layerBitrates,
    size: { width, height, frameRate },
    startBitrateKbps: Math.round(Math.min(totalBps * headroom, MAX_START_BITRATE_BPS) / 1_000),
    ...(video.profile === 'tea' ? { minBitrateKbps: TEA_MIN_BITRATE_BPS / 1_000 } : {}),
    degradationPreference: video.profile === 'tea' || video.source === 'screen' ? 'maintain-resolution' : 'balanced',
    contentHint: video.source === 'screen' ? 'detail' : '',
  };
}

function screenEncoding({ maxBitrateBps, frameRate, codec }: VideoToPublish): VideoEncoding {
  return {
    maxBitrate: maxBitrateBps ?? SCREEN_BITRATE_BPS,
    maxFramerate: frameRate,
    scalabilityMode: singleMode(codec),
  };
}

function cameraBitrates(video: VideoToPublish): number[] {
  const { maxBitrateBps } = video;
  const layers = video.simulcast === false ? 1 : layerCount(video);
  const bitrates = Array.from({ length: layers }, (_, layer) => layerBitrate(video, 2 ** (layers - 1 - layer)));
  if (maxBitrateBps === undefined) return bitrates;
  const total = bitrates.reduce((sum, bitrate) => sum + bitrate, 0);
  return bitrates.map((bitrate) => Math.round((bitrate * maxBitrateBps) / total));
}

function cameraEncodings({ codec }: VideoToPublish, layerBitrates: readonly number[]): VideoEncoding[] {
  const layers = layerBitrates.length;
  if (layers === 1 || !simulcastCodecs.has(codec)) {
    const maxBitrate = layerBitrates.reduce((sum, bitrate) => sum + bitrate, 0);
    return [
      { scaleResolutionDownBy: 1, maxBitrate, scalabilityMode: layers === 1 ? singleMode(codec) : svcMode(layers) },
    ];
  }
  return layerBitrates.map((maxBitrate, layer) => ({
    scaleResolutionDownBy: 2 ** (layers - 1 - layer),
    maxBitrate,
    scalabilityMode: LAYERED,
  }));
}

function layerCount({ codec, width, height, simulcast }: VideoToPublish): number {
  if (codec === ONE_SIZE) return 1;
  const longer = Math.max(width, height);
  const { layers = 1 } = LAYERS_FROM_WIDTH.find(({ minWidth }) => longer >= minWidth) ?? {};
  return simulcast ? Math.max(layers, 2) : layers;
}

/** Of the picture divided by `scale`; small ones need more bits a pixel. */
function layerBitrate({ codec, width, height, frameRate, profile }: VideoToPublish, scale: number): number {
  const bitsPerPixel = BITS_PER_PIXEL[scale === 1 ? profile : 'smaller'];
  return clampBitrate(((width * height) / scale ** 2) * frameRate * bitsPerPixel * codecFactor[codec]);
}

function singleMode(codec: VideoCodecName): string {
  return simulcastCodecs.has(codec) ? UNLAYERED : LAYERED;
}

/** A larger layer is built on the smaller ones in key frames alone: so a receiver of it gets not their other frames. */
export function svcMode(spatialLayers: number): string {
  return spatialLayers > 1 ? `L${spatialLayers}T2_KEY` : LAYERED;
}

function clampBitrate(bps: number): number {
  return Math.round(Math.min(BITRATE_RANGE_BPS.max, Math.max(BITRATE_RANGE_BPS.min, bps)));
}

export interface AudioPublishPlan {
  opusFec: boolean;
  opusNack: boolean;
  opusDtx: boolean;
  opusStereo: boolean;
  opusMaxAverageBitrate: number;
}

/**
 * Speech is sent with forward error correction and is silent in pauses. Where the sound itself matters (a shared tab, or a
 * microphone whose noise suppression was turned off to let water be heard) nothing is cut, and there are more bits.
 */
export function audioPublishPlan(
  source: Source,
  settings: { noiseSuppression?: boolean; channelCount?: number },
): AudioPublishPlan {
  const speech = source === 'microphone' && settings.noiseSuppression !== false;
  return {
    opusFec: true,
    opusNack: true,
    opusDtx: speech,
    opusStereo: !speech && (settings.channelCount ?? 1) > 1,
    opusMaxAverageBitrate: speech ? 40_000 : 96_000,
  };
}
