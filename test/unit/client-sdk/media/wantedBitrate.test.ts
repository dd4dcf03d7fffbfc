import { expect } from 'chai';
import { wantedBitrateBps } from '../../../../client-sdk/src/media/wantedBitrate.ts';

type Sending = Parameters<typeof wantedBitrateBps>[0] extends Iterable<infer T> ? T : never;

function sending(
  kind: 'audio' | 'video',
  encodings: RTCRtpEncodingParameters[],
  change: Partial<Sending> = {},
): Sending {
  const rtpSender = { getParameters: () => ({ encodings }) } as unknown as RTCRtpSender;
  return { producerId: 'p', producer: { kind, rtpSender }, track: { muted: false }, ...change };
}

describe('the bitrate that is wanted', () => {
  const camera = sending('video', [{ maxBitrate: 300_000 }, { maxBitrate: 2_000_000 }]);

  it('is that of all video encodings which are to be sent', () => {
    const cup = sending('video', [
      { maxBitrate: 500_000, active: true },
      { maxBitrate: 3_000_000, active: false },
    ]);
    expect(wantedBitrateBps([camera, cup])).to.equal(2_800_000);
  });

  it('is nothing beside a voice alone, which any link carries', () => {
    expect(wantedBitrateBps([sending('audio', [{ maxBitrate: 40_000 }])])).to.equal(0);
  });

  it('is not there while nothing is sent: muted, not published yet, or nothing to publish', () => {
    expect(wantedBitrateBps([])).to.equal(null);
    expect(wantedBitrateBps([{ ...camera, track: { muted: true } }])).to.equal(null);
    expect(wantedBitrateBps([{ ...camera, producerId: null }])).to.equal(null);
  });
});
