import { expect } from 'chai';
import fc from 'fast-check';
import { fitLine } from '../../../../bench/lib/fitLine.ts';

const coefficient = fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 100);

describe('fitLine', () => {
  it('finds the line that points lie on, and that it explains them', () => {
    fc.assert(
      fc.property(coefficient, coefficient, (intercept, slope) => {
        const line = fitLine([0, 50, 100, 200].map((x) => ({ x, y: intercept + slope * x })));
        expect(line?.intercept).to.be.closeTo(intercept, 1e-6);
        expect(line?.slope).to.be.closeTo(slope, 1e-6);
        expect(line?.r2).to.be.closeTo(1, 1e-6);
      }),
    );
  });

  it('passes between points that scatter', () => {
    const line = fitLine([
      { x: 0, y: 90 },
      { x: 0, y: 110 },
      { x: 100, y: 590 },
      { x: 100, y: 610 },
    ]);
    expect(line?.intercept).to.be.closeTo(100, 1e-9);
    expect(line?.slope).to.be.closeTo(5, 1e-9);
    expect(line?.r2).to.be.above(0.99).and.below(1);
  });

  it('has no answer where all points stand on one x', () => {
    expect(fitLine([])).to.equal(null);
    expect(
      fitLine([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ]),
    ).to.equal(null);
  });
});
