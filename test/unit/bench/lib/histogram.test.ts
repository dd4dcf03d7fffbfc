import { expect } from 'chai';
import fc from 'fast-check';
import { histogram, readable } from '../../../../bench/lib/histogram.ts';

describe('histogram', () => {
  it('counts every value once', () => {
    const values = fc.array(fc.double({ min: 0, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, (list) => {
        const { counts } = histogram(list);
        expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(list.length);
      }),
    );
  });

  it('shows a second mode apart from the first', () => {
    const first = Array.from({ length: 90 }, (_, index) => 150 + (index % 30));
    const second = Array.from({ length: 10 }, (_, index) => 700 + index);
    const { start, binWidth, counts } = histogram([...first, ...second]);
    const countAt = (value: number) => counts[Math.floor((value - start) / binWidth)];
    expect(countAt(400)).to.equal(0);
    expect(countAt(705)).to.be.above(0);
  });

  it('has one bin for values that are all the same', () => {
    expect(histogram([5, 5, 5]).counts.filter((count) => count > 0)).to.deep.equal([3]);
  });

  for (const [width, expected] of [
    [0.9, 1],
    [1, 1],
    [1.1, 2],
    [3, 5],
    [6, 10],
    [0.03, 0.05],
  ] as const) {
    it(`makes a width of ${width} readable as ${expected}`, () => {
      expect(readable(width)).to.be.closeTo(expected, 1e-12);
    });
  }
});
