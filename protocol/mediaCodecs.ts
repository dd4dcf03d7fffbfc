/** A codec of a router, in mediasoup's words (RtpCodecCapability without feedback, which mediasoup fills in). */
export interface MediaCodec {
  kind: 'audio' | 'video';
  mimeType: string;
  clockRate: number;
  channels?: number;
  parameters?: Record<string, string | number>;
}

/**
 * Every codec that a room can use, by the name that the configuration uses. The order is the preference of a router.
 * H.264 is Constrained Baseline 3.1 in packetization mode 1, which every browser encodes and decodes.
 */
export const mediaCodecs = {
  opus: { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 } },
  vp8: { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  h264: {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  vp9: { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  av1: { kind: 'video', mimeType: 'video/AV1', clockRate: 90_000 },
} as const satisfies Record<string, MediaCodec>;

export type CodecName = keyof typeof mediaCodecs;
export const codecNames = Object.keys(mediaCodecs) as CodecName[];
export type VideoCodecName = Exclude<CodecName, 'opus'>;
