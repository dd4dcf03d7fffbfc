import type { types } from 'mediasoup-client';
import { mediaCodecs, type VideoCodecName } from '../../../protocol/mediaCodecs.ts';

export interface PickedCodec {
  name: VideoCodecName;
  codec: types.RtpCodecCapability;
}

/** The codec that was asked for where it can be sent, otherwise the first video codec that can. */
export function pickVideoCodec(name: VideoCodecName, capabilities: types.RtpCapabilities): PickedCodec | undefined {
  const candidates = (capabilities.codecs ?? []).flatMap((codec) => {
    const known = videoCodecName(codec.mimeType);
    return known ? [{ name: known, codec }] : [];
  });
  return candidates.find((candidate) => candidate.name === name) ?? candidates[0];
}

function videoCodecName(mimeType: string): VideoCodecName | undefined {
  const wanted = mimeType.toLowerCase();
  const names = Object.keys(mediaCodecs) as (keyof typeof mediaCodecs)[];
  return names.find(
    (name): name is VideoCodecName =>
      mediaCodecs[name].kind === 'video' && mediaCodecs[name].mimeType.toLowerCase() === wanted,
  );
}
