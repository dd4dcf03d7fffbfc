import { expect } from 'chai';
import fc from 'fast-check';
import { LeastSquares, solveLinear } from '../../../../../client-sdk/src/color/card/solveLinear.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const vector = fc.array(number, { minLength: 4, maxLength: 4 });

describe('solveLinear', () => {
  it('finds what was put into the equations', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 4, maxLength: 4 }), vector, (rows, solution) => {
        // A strong diagonal, so that the rows do determine it.
        const factors = rows.map((row, index) => row.map((value, column) => (column === index ? value + 60 : value)));
        const found = solveLinear(
          factors.map((row) => [...row, row.reduce((sum, f, k) => sum + f * solution[k]!, 0)]),
        )!;
        for (const [index, value] of found.entries()) expect(value).to.be.closeTo(solution[index]!, 1e-9);
      }),
    );
  });

  it('needs no order of the rows', () => {
    expect(
      solveLinear([
        [0, 2, 4],
        [3, 0, 9],
      ]),
    ).to.deep.equal([3, 2]);
  });

  it('has no answer where the rows do not determine one', () => {
    expect(
      solveLinear([
        [1, 2, 3],
        [2, 4, 6],
      ]),
    ).to.equal(null);
  });
});

describe('LeastSquares', () => {
  it('lies between what does not agree, nearer to what weighs more', () => {
    const mean = new LeastSquares(1);
    mean.add([1], 0, 3);
    mean.add([1], 4, 1);
    expect(mean.solve()).to.deep.equal([1]);
  });

  it('lays a line through points', () => {
    const line = new LeastSquares(2);
    for (const [x, y] of [
      [0, 1],
      [1, 3.1],
      [2, 4.9],
      [3, 7],
    ] as const)
      line.add([1, x], y);
    const [offset, slope] = line.solve()!;
    expect(offset).to.be.closeTo(1.03, 0.001);
    expect(slope).to.be.closeTo(1.98, 0.001);
  });
});
