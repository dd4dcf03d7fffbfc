import { expect } from 'chai';
import fc from 'fast-check';
import { ascending, quantile, round, single, summarize } from '../../../../bench/lib/stats.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('quantile', () => {
  for (const { sorted, share, expected } of [
    { sorted: [7], share: 0.95, expected: 7 },
    { sorted: [1, 2], share: 0.5, expected: 1.5 },
    { sorted: [1, 2, 3, 4], share: 0, expected: 1 },
    { sorted: [1, 2, 3, 4], share: 1, expected: 4 },
    // numpy.percentile([10, 20, 30, 40], 95)
    { sorted: [10, 20, 30, 40], share: 0.95, expected: 38.5 },
  ]) {
    it(`of ${sorted.join(', ')} at ${share} is ${expected}`, () => {
      expect(quantile(sorted, share)).to.be.closeTo(expected, 1e-9);
    });
  }

  it('lies between the smallest and the largest value, and grows with the share', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const sorted = ascending(list);
        const value = quantile(sorted, share);
        expect(value).to.be.at.least(sorted[0]!).and.at.most(sorted.at(-1)!);
        expect(quantile(sorted, share / 2)).to.be.at.most(value);
      }),
    );
  });

  it('refuses an empty set', () => {
    expect(() => quantile([], 0.5)).to.throw(TypeError);
  });
});

describe('summarize', () => {
  it('says how many there are, in which unit, and how they are spread', () => {
    const list = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(summarize('ms', list)).to.deep.equal({ unit: 'ms', n: 101, min: 0, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it('does not change the list', () => {
    const list = [3, 1, 2];
    summarize('ms', list);
    expect(list).to.deep.equal([3, 1, 2]);
  });

  it('of a single number repeats it, and keeps from how many it was made', () => {
    expect(single('ms', 4.56789, 30)).to.deep.equal({
      unit: 'ms',
      n: 30,
      min: 4.568,
      p50: 4.568,
      p95: 4.568,
      p99: 4.568,
      max: 4.568,
    });
  });

  it('rounds to a thousandth', () => {
    expect(round(1.23456)).to.equal(1.235);
  });
});
