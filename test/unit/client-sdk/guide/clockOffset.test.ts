import { expect } from 'chai';
import { clockOffset, type ClockSample } from '../../../../client-sdk/src/guide/clockOffset.ts';

describe('the offset of the clock of a node', () => {
  /** A node whose clock is 5,000 ms ahead, asked at a time, over ways that take so long there and back. */
  const sample = (sentAtMs: number, thereMs: number, backMs: number, aheadMs = 5_000): ClockSample => ({
    sentAtMs,
    answeredAtMs: sentAtMs + thereMs + backMs,
    nodeMs: sentAtMs + thereMs + aheadMs,
  });

  it('is unknown without a sample', () => {
    expect(clockOffset([], 0)).to.equal(null);
  });

  it('is exact where the way there is as long as the way back', () => {
    expect(clockOffset([sample(100, 20, 20)], 140)).to.deep.equal({ offsetMs: 5_000, errorMs: 20 });
  });

  it('is off by half a round trip at most, and says so', () => {
    for (const [thereMs, backMs] of [
      [40, 0],
      [0, 40],
      [30, 10],
    ] as const) {
      const { offsetMs, errorMs } = clockOffset([sample(100, thereMs, backMs)], 140)!;
      expect(Math.abs(offsetMs - 5_000)).to.be.at.most(errorMs);
      expect(errorMs).to.equal(20);
    }
  });

  it('is taken from the sample with the least round trip, be it old or new', () => {
    const samples = [sample(0, 10, 190), sample(300, 5, 5), sample(400, 150, 10)];
    expect(clockOffset(samples, 600)?.offsetMs).to.equal(5_000);
    expect(clockOffset(samples.slice(0, 2).reverse(), 600)?.offsetMs).to.equal(5_000);
  });

  it('prefers a fresh sample to one that is better but so old that the clocks may have drifted apart', () => {
    const [old, fresh] = [sample(0, 1, 1, 5_000), sample(600_000, 4, 4, 5_010)];
    expect(clockOffset([old, fresh], 600_010)?.offsetMs).to.equal(5_010);
    expect(clockOffset([old, sample(20_000, 4, 4, 5_000.5)], 20_010)?.offsetMs).to.equal(5_000);
  });

  it('forgets what was before the page slept, when its clock stood still', () => {
    const before = [sample(0, 1, 1), sample(200, 1, 1)];
    const after = sample(400, 30, 30, 95_000);
    expect(clockOffset([...before, after], 500)?.offsetMs).to.equal(95_000);
    expect(clockOffset([...before, after, sample(600, 2, 2, 95_000)], 700)?.errorMs).to.be.below(3);
  });
});
