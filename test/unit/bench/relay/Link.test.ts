import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../../../../bench/lib/random.ts';
import { Link } from '../../../../bench/relay/Link.ts';
import type { LinkSettings } from '../../../../bench/relay/linkSettings.ts';

function linkWith(settings: Partial<LinkSettings>): Link {
  const link = new Link(seededRandom(1));
  link.set(settings);
  return link;
}

const lane = () => ({ lastAtMs: 0 });

describe('Link', () => {
  it('carries at once where nothing is set', () => {
    expect(linkWith({}).admit(1_000, 5, lane())).to.equal(5);
  });

  it('delays each packet by the same', () => {
    const link = linkWith({ delayMs: 25 });
    expect(link.admit(1_000, 5, lane())).to.equal(30);
    expect(link.admit(1_000, 6, lane())).to.equal(31);
  });

  it('keeps the order of a lane under any jitter', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 100, noNaN: true }), (seed, jitterMs) => {
        const link = new Link(seededRandom(seed));
        link.set({ delayMs: 50, jitterMs });
        const own = lane();
        let last = 0;
        for (let now = 0; now < 100; now++) {
          const at = link.admit(100, now, own)!;
          expect(at).to.be.at.least(last).and.at.least(now);
          last = at;
        }
      }),
    );
  });

  it('lets packets overtake each other only where that is asked for', () => {
    const link = linkWith({ delayMs: 50, jitterMs: 40, reorder: true });
    const own = lane();
    const arrivals = Array.from({ length: 100 }, (_, now) => link.admit(100, now, own)!);
    expect(arrivals.some((at, index) => index > 0 && at < arrivals[index - 1]!)).to.equal(true);
  });

  it('varies the delay evenly around its mean', () => {
    const link = linkWith({ delayMs: 50, jitterMs: 20, reorder: true });
    const delays = Array.from({ length: 10_000 }, () => link.admit(100, 0, lane())!);
    expect(Math.min(...delays)).to.be.within(30, 31);
    expect(Math.max(...delays)).to.be.within(69, 70);
    expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length).to.be.closeTo(50, 0.5);
  });

  it('loses the share that is set, the same packets with the same seed', () => {
    const losses = () => {
      const link = linkWith({ lossRatio: 0.2 });
      return Array.from({ length: 5_000 }, () => link.admit(100, 0, lane()) === null);
    };
    expect(losses().filter(Boolean).length / 5_000).to.be.closeTo(0.2, 0.02);
    expect(losses()).to.deep.equal(losses());
  });

  it('carries no more bits a second than its rate', () => {
    const link = linkWith({ rateBps: 1_000_000, queueBytes: 1_000_000 });
    const own = lane();
    const arrivals = Array.from({ length: 100 }, () => link.admit(1_250, 0, own)!);
    // 1,250 bytes are 10 ms at 1 Mbps.
    expect(arrivals[0]).to.be.closeTo(10, 1e-9);
    expect(arrivals[99]).to.be.closeTo(1_000, 1e-6);
  });

  it('drops what finds the queue full, and tells it from loss', () => {
    const link = linkWith({ rateBps: 1_000_000, queueBytes: 5_000 });
    const own = lane();
    const admitted = Array.from({ length: 10 }, () => link.admit(1_250, 0, own)).filter((at) => at !== null);
    expect(admitted).to.have.length(5);
    expect(link.statistics).to.deep.include({ packets: 10, bytes: 12_500, lost: 0, overflowed: 5 });
    expect(link.admit(1_250, 60, own)).to.not.equal(null);
  });

  it('obeys new settings from the next packet on', () => {
    const link = linkWith({ delayMs: 100 });
    const own = lane();
    link.admit(100, 0, own);
    link.set({ delayMs: 10 });
    // It would overtake the one before, which is still on its way.
    expect(link.admit(100, 1, own)).to.equal(100);
    expect(link.admit(100, 95, own)).to.equal(105);
  });

  it('never drops of a stream, but lets it wait for what was lost', () => {
    const link = linkWith({ delayMs: 10, lossRatio: 1 });
    expect(link.admitStream(2, 2_000, 0, lane(), 300)).to.equal(310);
    expect(link.statistics).to.deep.include({ packets: 2, lost: 1 });
  });

  it('drops what comes in an outage, and nothing after it', () => {
    const link = linkWith({ delayMs: 10 });
    const own = lane();
    expect(link.admit(100, 0, own)).to.equal(10);
    link.cutUntil(5_000);
    expect([link.admit(100, 1, own), link.admit(100, 4_999, own)]).to.deep.equal([null, null]);
    expect(link.admit(100, 5_000, own)).to.equal(5_010);
    expect(link.statistics).to.deep.include({ packets: 4, cutOff: 2, lost: 0 });
  });

  it('lets a stream wait for the retransmission after an outage, and what follows for that', () => {
    const link = linkWith({ delayMs: 10 });
    const own = lane();
    link.cutUntil(5_000);
    expect(link.admitStream(1, 100, 0, own, 200)).to.equal(6_210);
    expect(link.admitStream(1, 100, 4_990, own, 200)).to.equal(6_210);
    expect(link.admitStream(1, 100, 6_000, own, 200)).to.equal(6_210);
    expect(link.admitStream(1, 100, 6_300, own, 200)).to.equal(6_310);
  });

  it('opens a connection in an outage when its first packet is sent again after it', () => {
    const link = linkWith({ delayMs: 10 });
    expect(link.admitOpening(0, 1_000)).to.equal(10);
    link.cutUntil(5_000);
    expect(link.admitOpening(0, 1_000)).to.equal(7_010);
    expect(link.admitOpening(4_500, 1_000)).to.equal(5_510);
  });
});
