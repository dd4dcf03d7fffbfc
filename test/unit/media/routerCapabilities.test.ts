import { expect } from 'chai';
import fc from 'fast-check';
import { codecNames, mediaCodecs } from '../../../protocol/mediaCodecs.ts';
import type { RtpCapabilities } from '../../../protocol/rtp.ts';
import {
  routerCodecs,
  routerRtpCapabilities,
  routerRtpCapabilitiesId,
} from '../../../server/media/routerCapabilities.ts';

/** The same content with the keys of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      )
    : value;
}

describe('routerRtpCapabilities', () => {
  it('has each codec in the order given, and a retransmission for each video codec', () => {
    const names = routerRtpCapabilities(['vp9', 'opus']).codecs.map((codec) => codec.mimeType);
    expect(names).to.deep.equal(['video/VP9', 'video/rtx', 'audio/opus']);
  });

  it('leaves the table of codecs as it was', () => {
    const before = structuredClone(mediaCodecs);
    routerRtpCapabilities(codecNames);
    expect(mediaCodecs).to.deep.equal(before);
    expect(routerCodecs(['vp8'])[0]).to.not.equal(mediaCodecs.vp8);
  });
});

describe('routerRtpCapabilitiesId', () => {
  const all = routerRtpCapabilities(codecNames);

  it('is 16 hexadecimal digits, the same for the same content whatever the order of keys', () => {
    const id = routerRtpCapabilitiesId(all);
    expect(id).to.match(/^[0-9a-f]{16}$/);
    expect(routerRtpCapabilitiesId(reversed(all) as RtpCapabilities)).to.equal(id);
  });

  it('differs for every choice and order of codecs', () => {
    const choice = fc.shuffledSubarray(codecNames, { minLength: 1 });
    fc.assert(
      fc.property(choice, choice, (one, two) => {
        const same =
          routerRtpCapabilitiesId(routerRtpCapabilities(one)) === routerRtpCapabilitiesId(routerRtpCapabilities(two));
        expect(same).to.equal(one.join() === two.join());
      }),
    );
  });
});
