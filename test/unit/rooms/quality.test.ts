import { expect } from 'chai';
import fc from 'fast-check';
import { connectionQuality } from '../../../server/rooms/quality.ts';

describe('the quality of a connection', () => {
  const cases: [scores: number[], quality: string][] = [
    [[], 'unknown'],
    [[10], 'good'],
    [[8, 10], 'good'],
    [[7, 10], 'fair'],
    [[5], 'fair'],
    [[10, 4], 'poor'],
    [[0], 'poor'],
  ];
  for (const [scores, quality] of cases) {
    it(`is ${quality} with the scores ${scores.join(', ') || 'of nothing'}`, () => {
      expect(connectionQuality(scores)).to.equal(quality);
    });
  }

  it('never gets better by one more stream', () => {
    const order = ['poor', 'fair', 'good'];
    const scores = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 10 }), (some, one) => {
        const rank = (list: number[]) => order.indexOf(connectionQuality(list));
        expect(rank([...some, one])).to.be.at.most(rank(some));
      }),
    );
  });
});
