import { expect } from 'chai';
import type { types } from 'mediasoup-client';
import { pickVideoCodec } from '../../../../client-sdk/src/media/pickCodec.ts';

describe('pickVideoCodec', () => {
  const codec = (mimeType: 'video/VP8' | 'video/H264' | 'video/rtx' | 'audio/opus'): types.RtpCodecCapability => ({
    kind: mimeType.startsWith('audio') ? 'audio' : 'video',
    mimeType,
    preferredPayloadType: 100,
    clockRate: 90_000,
  });
  const capabilities = { codecs: [codec('audio/opus'), codec('video/rtx'), codec('video/H264'), codec('video/VP8')] };

  it('takes the one that was asked for', () => {
    expect(pickVideoCodec('vp8', capabilities)?.codec).to.equal(capabilities.codecs[3]);
  });

  it('falls back to the first video codec there is', () => {
    expect(pickVideoCodec('av1', capabilities)).to.deep.equal({ name: 'h264', codec: capabilities.codecs[2] });
  });

  it('finds nothing where there is none', () => {
    expect(pickVideoCodec('vp8', { codecs: [codec('audio/opus'), codec('video/rtx')] })).to.equal(undefined);
    expect(pickVideoCodec('vp8', {})).to.equal(undefined);
  });
});
