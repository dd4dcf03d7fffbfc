import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../../../../bench/lib/random.ts';
import { planJoins, shareOf, type JoinKind } from '../../../../bench/scenarios/joinPlan.ts';

const kinds: JoinKind[] = [
  { start: 'cold', rttMs: 0, count: 100 },
  { start: 'hot', rttMs: 0, count: 30 },
  { start: 'cold', rttMs: 50, count: 30 },
];

describe('planJoins', () => {
  const plan = planJoins(kinds, 5, seededRandom(1));

  it('holds each kind as often as asked', () => {
    for (const { start, rttMs, count } of kinds) {
      const joins = plan.filter((block) => block.rttMs === rttMs).flatMap(({ starts }) => starts);
      expect(joins.filter((candidate) => candidate === start)).to.have.length(count);
    }
  });

  it('spreads each kind over all rounds', () => {
    const blocks = plan.filter(({ rttMs }) => rttMs === 0);
    expect(blocks).to.have.length(5);
    for (const { starts } of blocks) {
      expect(starts.filter((start) => start === 'cold')).to.have.length(20);
      expect(starts.filter((start) => start === 'hot')).to.have.length(6);
    }
  });

  it('is the same with the same seed', () => {
    expect(planJoins(kinds, 5, seededRandom(1))).to.deep.equal(plan);
    expect(planJoins(kinds, 5, seededRandom(2))).to.not.deep.equal(plan);
  });
});

describe('shareOf', () => {
  it('adds up to the whole, in even parts', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 20 }), (count, rounds) => {
        const shares = Array.from({ length: rounds }, (_, round) => shareOf(count, round, rounds));
        expect(shares.reduce((sum, share) => sum + share, 0)).to.equal(count);
        expect(Math.max(...shares) - Math.min(...shares)).to.be.at.most(1);
      }),
    );
  });
});
