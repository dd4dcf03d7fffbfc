import { expect } from 'chai';
import { buildRtp } from '../../../../bench/clients/rtp.ts';
import { FirstPackets } from '../../../../bench/relay/FirstPackets.ts';

const rtp = (ssrc: number, payloadType = 101) =>
  buildRtp({ payloadType, sequenceNumber: 1, timestamp: 1, ssrc, marker: false, payload: Buffer.alloc(100) });

describe('FirstPackets', () => {
  it('remembers when a stream began, not when it went on', async () => {
    const firstPackets = new FirstPackets();
    firstPackets.note(rtp(42));
    const began = firstPackets.timeOf(42);
    await new Promise((resolve) => setTimeout(resolve, 5));
    firstPackets.note(rtp(42));
    expect(began).to.be.a('number');
    expect(firstPackets.timeOf(42)).to.equal(began);
  });

  for (const [what, datagram] of [
    ['STUN', Buffer.concat([Buffer.from([0x00, 0x01]), Buffer.alloc(30)])],
    ['DTLS', Buffer.concat([Buffer.from([22, 0xfe, 0xfd]), Buffer.alloc(30)])],
    ['RTCP', Buffer.concat([Buffer.from([0x81, 201]), Buffer.alloc(30)])],
    ['nothing', Buffer.alloc(0)],
  ] as const) {
    it(`does not take ${what} for media`, () => {
      const firstPackets = new FirstPackets();
      firstPackets.note(datagram);
      expect(firstPackets.timeOf(0)).to.equal(null);
    });
  }
});
