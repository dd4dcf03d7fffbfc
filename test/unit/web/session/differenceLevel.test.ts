import { expect } from 'chai';
import { differenceLevel } from '../../../../web/src/session/differenceLevel.ts';

describe('the word for a color difference', () => {
  for (const [difference, level] of [
    [0.99, 'invisible'],
    [1, 'slight'],
    [2.3, 'visible'],
    [5, 'strong'],
  ] as const) {
    it(`is “${level}” at ${difference}`, () => {
      expect(differenceLevel(difference)).to.equal(level);
    });
  }
});
