import { expect } from 'chai';
import { PooledLoss } from '../../../../client-sdk/src/stats/PooledLoss.ts';

function ratioOf(intervals: [expected: number, lost: number][]): number | undefined {
  const loss = new PooledLoss();
  for (const [expected, lost] of intervals) loss.add(expected, lost);
  return loss.ratio;
}

describe('the share of lost packets', () => {
  it('is not known from a few packets', () => {
    expect(ratioOf([])).to.equal(undefined);
    expect(ratioOf([[5, 1]])).to.equal(undefined);
  });

  it('is that of the last interval where that has enough', () => {
    expect(
      ratioOf([
        [100, 50],
        [100, 10],
      ]),
    ).to.equal(0.1);
  });

  it('takes as many intervals as it needs, up to five', () => {
    expect(ratioOf(Array.from({ length: 5 }, () => [10, 1]))).to.equal(0.1);
    expect(ratioOf([[100, 100], ...Array.from({ length: 5 }, () => [5, 1] as [number, number])])).to.equal(undefined);
  });

  it('stays between 0 and 1, also where packets came after all or more were sent again than at first', () => {
    expect(ratioOf([[100, -3]])).to.equal(0);
    expect(ratioOf([[60, 90]])).to.equal(1);
  });
});
