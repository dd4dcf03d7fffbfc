import { expect } from 'chai';
import type { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { guideSchema } from '../../../../protocol/guide.ts';
import type { RequestData } from '../../../../protocol/signaling.ts';
import { noStep, type StepState } from '../../../../server/rooms/records/stepPart.ts';
import { stepTo, withoutGoneTea, withTimer } from '../../../../server/rooms/tasting/stepPolicy.ts';
import { guideOf } from '../../../helpers/tastings.ts';

const guide = guideSchema.parse(guideOf('oolong', 'sencha'));
const standing = (elapsedMs = 0, durationMs = 20_000): StepState => ({
  teaId: 'oolong',
  infusion: 0,
  timer: { runningSince: null, elapsedMs, durationMs },
});
const running = (runningSince: number, elapsedMs = 0, durationMs = 20_000): StepState => ({
  ...standing(),
  timer: { runningSince, elapsedMs, durationMs },
});
const untimed: StepState = { ...standing(), timer: null };
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as ChaxiError).code;
  }
  return 'none';
};

describe('where a tasting goes', () => {
  it('is to an infusion of a tea of the guide, of the length that stands there', () => {
    expect(stepTo(guide, { teaId: 'oolong', infusion: 0 })).to.deep.equal(standing());
    expect(stepTo(guide, { teaId: 'sencha', infusion: 2 }).timer).to.include({ durationMs: 45_000 });
    expect(stepTo(guide, { teaId: 'sencha', infusion: 3 }).timer).to.equal(null);
    expect(stepTo(null, { teaId: null, infusion: 4 })).to.deep.equal(noStep);
  });

  it('is to no tea that the guide has not', () => {
    for (const present of [guide, null]) {
      expect(codeOf(() => stepTo(present, { teaId: 'assam', infusion: 0 }))).to.equal('teaNotFound');
    }
  });

  it('ends where its tea was taken out', () => {
    const step = running(1);
    expect(withoutGoneTea(step, guide)).to.equal(step);
    expect(withoutGoneTea(noStep, null)).to.equal(noStep);
    for (const present of [null, guideSchema.parse(guideOf('sencha'))]) {
      expect(withoutGoneTea(step, present)).to.equal(noStep);
    }
  });
});

describe('the timer of a step', () => {
  const NOW = 1_000;
  const cases: [says: string, before: StepState, change: RequestData<'setTimer'>, after: StepState][] = [
    ['starts from where it stands', standing(300), { action: 'start' }, running(NOW, 300)],
    ['is held with what has passed', running(400, 50), { action: 'pause' }, standing(650)],
    ['goes on beyond its end', running(NOW - 30_000), { action: 'pause' }, standing(30_000)],
    ['is reset to 0, standing', running(400, 50), { action: 'reset' }, standing()],
    ['is reset to another length', standing(9), { action: 'reset', durationMs: 60_000 }, standing(0, 60_000)],
    [
      'takes another length while it runs',
      running(400),
      { action: 'start', durationMs: 60_000 },
      running(NOW, 600, 60_000),
    ],
    ['takes another length while it stands', standing(5), { action: 'pause', durationMs: 60_000 }, standing(5, 60_000)],
    ['begins where there was none', untimed, { action: 'start', durationMs: 20_000 }, running(NOW)],
    ['is set where there was none', untimed, { action: 'reset', durationMs: 20_000 }, standing()],
    ['never runs backwards', running(NOW + 50, 10), { action: 'pause' }, standing(10)],
  ];
  for (const [says, before, change, after] of cases) {
    it(says, () => expect(withTimer(before, change, NOW)).to.deep.equal(after));
  }

  it('stays as it is where it runs or stands already', () => {
    for (const [step, action] of [
      [running(400, 50), 'start'],
      [standing(50), 'pause'],
    ] as const) {
      expect(withTimer(step, { action }, NOW)).to.equal(step);
      expect(withTimer(step, { action, durationMs: 20_000 }, NOW)).to.equal(step);
    }
  });

  it('is refused for no tea, and where nobody has said how long it is', () => {
    expect(codeOf(() => withTimer(noStep, { action: 'start', durationMs: 1_000 }, NOW))).to.equal('teaNotFound');
    expect(codeOf(() => withTimer(untimed, { action: 'start' }, NOW))).to.equal('badRequest');
  });
});
