import { expect } from 'chai';
import type { Guide, TastingStep } from '../../../../client-sdk/src/index.ts';
import { placeOf, planSteps } from '../../../../web/src/guide/planSteps.ts';
import { guideOf } from './sampleGuide.ts';

const guide: Guide = guideOf([20, 30], [60], []);
const at = (teaId: string | null, infusion = 0): TastingStep => ({ revision: 1, teaId, infusion, timer: null });

describe('the plan of the steps', () => {
  it('is none where nothing is on the table', () => {
    expect(planSteps(null, at('tea1'))).to.equal(null);
    expect(planSteps(guide, null)).to.equal(null);
    expect(planSteps(guide, at(null))).to.equal(null);
  });

  it('is none for a tea that is no longer in the guide', () => {
    expect(planSteps(guide, at('gone'))).to.equal(null);
  });

  const cases: [says: string, step: TastingStep, likely: string, number: number, count: number][] = [
    ['goes on to the next infusion', at('tea1', 0), 'infusion', 1, 2],
    ['goes on to the next tea after the last infusion', at('tea1', 1), 'tea', 2, 2],
    ['goes on to the next tea when more was poured than planned', at('tea1', 4), 'tea', 5, 2],
    ['pours on where the last tea has no infusions written', at('tea3', 0), 'infusion', 1, 0],
  ];
  for (const [says, step, likely, number, count] of cases) {
    it(says, () => {
      expect(planSteps(guide, step)).to.include({ likely, number, count });
    });
  }

  it('ends after the last infusion of the last tea', () => {
    expect(planSteps(guideOf([20]), at('tea1'))).to.include({ likely: 'end', nextTea: null, nextInfusion: 1 });
  });

  it('counts no further than a step can', () => {
    expect(planSteps(guide, at('tea1', 19))!.nextInfusion).to.equal(null);
  });

  it('tells of each tea what was, is, and comes', () => {
    const places = guide.teas.map(({ teaId }) => placeOf(guide, at('tea2'), teaId));
    expect(places).to.deep.equal(['past', 'present', 'next']);
    expect(placeOf(guide, null, 'tea1')).to.equal('later');
    expect(placeOf(guide, at('tea1'), 'tea3')).to.equal('later');
  });
});
