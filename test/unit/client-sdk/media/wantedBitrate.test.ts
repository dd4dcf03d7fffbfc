import { expect } from 'chai';
import { wantedBitrate } from '../../../../client-sdk/src/media/wantedBitrate.ts';

type Sending = Parameters<typeof wantedBitrate>[0] extends Iterable<infer T> ? T : never;

function sending(
  kind: 'audio' | 'video',
  encodings: RTCRtpEncodingParameters[],
  change: Partial<Sending> = {},
): Sending {
  const rtpSender = { getParameters: () => ({ encodings }) } as unknown as RTCRtpSender;
  return { producerId: 'p', producer: { kind, rtpSender }, track: { muted: false }, heldBackBps: 0, ...change };
}

describe('the bitrate that is wanted', () => {
  const camera = sending('video', [{ maxBitrate: 300_000 }, { maxBitrate: 2_000_000 }]);

  it('is that of all video encodings which are to be sent', () => {
    const cup = sending('video', [
      { maxBitrate: 500_000, active: true },
      { maxBitrate: 3_000_000, active: false },
    ]);
    expect(wantedBitrate([camera, cup])).to.deep.equal({ bps: 2_800_000, heldBackBps: 0 });
  });

  it('is nothing beside a voice alone, which any link carries', () => {
    expect(wantedBitrate([sending('audio', [{ maxBitrate: 40_000 }])])).to.deep.equal({ bps: 0, heldBackBps: 0 });
  });

  it('is also what the link does not carry', () => {
    const held = sending('video', [{ maxBitrate: 500_000 }], { heldBackBps: 1_500_000 });
    expect(wantedBitrate([held, camera])).to.deep.equal({ bps: 4_300_000, heldBackBps: 1_500_000 });
  });

  it('is not there while nothing is sent: muted, not published yet, or nothing to publish', () => {
    expect(wantedBitrate([])).to.equal(null);
    expect(wantedBitrate([{ ...camera, track: { muted: true } }])).to.equal(null);
    expect(wantedBitrate([{ ...camera, producerId: null }])).to.equal(null);
  });
});
