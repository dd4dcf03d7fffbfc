import { expect } from 'chai';
import { checkCorrection } from '../../../../client-sdk/src/color/checkCorrection.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { noCorrection } from './corrections.ts';

describe('the check of a color correction', () => {
  it('takes over numbers of its own, which nobody changes behind its back', () => {
    const checked = checkCorrection(noCorrection);
    expect(checked).to.deep.equal(noCorrection);
    expect(checked.gains).to.not.equal(noCorrection.gains);
  });

  const wrong: [what: string, path: string, correction: object][] = [
    ['gains that are no list', 'gains', { ...noCorrection, gains: null }],
    ['two gains', 'gains', { ...noCorrection, gains: [1, 1] }],
    ['a gain that is no number', 'gains', { ...noCorrection, gains: [1, '1', 1] }],
    ['a gain that is not finite', 'gains', { ...noCorrection, gains: [1, Number.NaN, 1] }],
    ['a gain of nothing', 'gains', { ...noCorrection, gains: [1, 0, 1] }],
    ['a gain that only shows noise', 'gains', { ...noCorrection, gains: [1, 100, 1] }],
    ['a matrix of two rows', 'matrix', { ...noCorrection, matrix: [1, 0, 0, 0, 1, 0] }],
    ['a matrix beyond all measure', 'matrix', { ...noCorrection, matrix: [1, 0, 0, 0, 1, 0, 0, 0, Infinity] }],
  ];
  for (const [what, path, correction] of wrong) {
    it(`refuses ${what} and names it`, () => {
      const check = () => checkCorrection(correction as typeof noCorrection);
      expect(check).to.throw(ChaxiError).with.deep.include({ code: 'badRequest', path });
    });
  }
});
