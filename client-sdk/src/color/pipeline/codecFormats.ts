import type { VideoCodecName } from '../../../../protocol/mediaCodecs.ts';
import type { YuvFormat } from '../yuv.ts';

const bt601: YuvFormat = { matrix: 'bt601', fullRange: false };
const bt709: YuvFormat = { matrix: 'bt709', fullRange: false };

/**
 * What Chromium takes a received picture for. An SFU that does not pass on the header extension `color-space` leaves a receiver
 * with what the bitstream says, and VP8, VP9 and AV1 as they are sent in WebRTC say nothing. H.264 says what the encoder was
 * begun with, and does not change it with the frames: what is sent first has to stay.
 */
export const codecFormats: Readonly<Record<VideoCodecName, YuvFormat | null>> = {
  vp8: bt601,
  h264: null,
  vp9: bt709,
  av1: bt709,
};
