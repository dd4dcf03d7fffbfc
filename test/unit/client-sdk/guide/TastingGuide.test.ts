import { expect } from 'chai';
import { TastingGuide } from '../../../../client-sdk/src/guide/TastingGuide.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { StepTimer, TastingStep } from '../../../../protocol/guide.ts';
import { guide } from '../fakes/tasting.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { rejection } from '../fakes/rejection.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('TastingGuide', () => {
  const clock = usePageClock();
  const made: TastingGuide[] = [];
  afterEach(() => {
    for (const tasting of made.splice(0)) tasting.left();
  });

  const step = (change: Partial<TastingStep> = {}): TastingStep => ({
    revision: 1,
    teaId: 'oolong',
    infusion: 0,
    timer: null,
    ...change,
  });
  const running = (runningSince: number, change: Partial<StepTimer> = {}): StepTimer => ({
    runningSince,
    elapsedMs: 0,
    durationMs: 20_000,
    ...change,
  });

  /** A node whose clock is so far ahead and that answers as the test says. */
  function make() {
    const { emit, names, args } = recordEvents();
    const node = { aheadMs: 1_000_000, isSilent: false };
    const sent: [method: string, data: unknown][] = [];
    const answers: Record<string, unknown[]> = {};
    const tasting = new TastingGuide({
      request: async (method, data) => {
        if (method === 'ping') {
          if (node.isSilent) await new Promise(() => undefined);
          return { timeMs: performance.now() + node.aheadMs } as never;
        }
        sent.push([method, data]);
        const answer = answers[method]?.shift();
        if (answer instanceof Error) throw answer;
        return answer as never;
      },
      emit,
      logger: silentLogger,
    });
    made.push(tasting);
    tasting.welcomed('tea');
    return { tasting, node, sent, answers, names, args };
  }

  it('sends none that is too large for a message', async () => {
    const { tasting, sent } = make();
    const teas = Array.from({ length: 20 }, (_, index) => ({
      teaId: `t${index}`,
      name: '茶',
      notes: '香'.repeat(1_200),
    }));
    expect(await rejection(tasting.save({ title: '春茶', teas }))).to.include({ code: 'badRequest', path: 'guide' });
    expect(sent).to.be.empty;
  });

  it('knows nothing before it is told', () => {
    const { tasting } = make();
    expect([tasting.current, tasting.revision, tasting.step, tasting.tea]).to.deep.equal([null, 0, null, null]);
    expect(tasting.timer()).to.equal(null);
  });

  it('tells of the guide and of the tea on the table', () => {
    const { tasting, names, args } = make();
    tasting.handleGuide({ revision: 4, guide });
    tasting.handleStep(step());
    expect(tasting.current).to.equal(guide);
    expect(tasting.revision).to.equal(4);
    expect(tasting.tea?.name).to.equal('Iron Goddess');
    expect(names).to.deep.equal(['guideChanged', 'stepChanged']);
    expect(args).to.deep.equal([[guide], [step()]]);
    tasting.handleStep(step({ revision: 2, teaId: 'gone' }));
    expect(tasting.tea).to.equal(null);
  });

  it('is told of an own change once, be it by the answer or by the notification', async () => {
    const { tasting, names, answers, sent } = make();
    answers.setGuide = [{ revision: 1, guide }];
    answers.setStep = [step()];
    answers.setTimer = [step({ revision: 2, timer: { ...running(0), runningSince: null } })];
    await tasting.save(guide);
    tasting.handleGuide({ revision: 1, guide });
    await tasting.goTo('oolong');
    tasting.handleStep(step());
    await tasting.resetTimer(20_000);
    expect(names).to.deep.equal(['guideChanged', 'stepChanged', 'stepChanged']);
    expect(sent).to.deep.equal([
      ['setGuide', { guide, revision: 0 }],
      ['setStep', { teaId: 'oolong', infusion: 0 }],
      ['setTimer', { action: 'reset', durationMs: 20_000 }],
    ]);
  });

  it('asks for what its calls say', async () => {
    const { tasting, answers, sent } = make();
    answers.setStep = [step()];
    answers.setTimer = [step({ revision: 2 }), step({ revision: 3 })];
    await tasting.goTo(null, 2);
    await tasting.startTimer();
    await tasting.pauseTimer();
    expect(sent).to.deep.equal([
      ['setStep', { teaId: null, infusion: 2 }],
      ['setTimer', { action: 'start', durationMs: undefined }],
      ['setTimer', { action: 'pause', durationMs: undefined }],
    ]);
  });

  it('saves from the revision that is known, or from the one that the author began with', async () => {
    const { tasting, answers, sent } = make();
    answers.setGuide = [{ revision: 8, guide }, new ChaxiError('guideConflict')];
    tasting.handleGuide({ revision: 7, guide: null });
    await tasting.save(guide);
    expect((await rejection(tasting.save(guide, 7))).code).to.equal('guideConflict');
    expect(sent.map(([, data]) => (data as { revision: number }).revision)).to.deep.equal([7, 7]);
  });

  it('writes the guide anew on a node that has lost it', async () => {
    const { tasting, answers, sent } = make();
    tasting.handleGuide({ revision: 7, guide });
    tasting.welcomed('tea');
    answers.setGuide = [new ChaxiError('guideConflict'), { revision: 1, guide: { ...guide, title: 'Again' } }];
    await tasting.save({ ...guide, title: 'Again' });
    expect(sent.map(([, data]) => (data as { revision: number }).revision)).to.deep.equal([7, 0]);
    expect([tasting.revision, tasting.current?.title]).to.deep.equal([1, 'Again']);
  });

  it('takes what another node tells first, and lets nothing older in afterwards', () => {
    const { tasting, names } = make();
    tasting.handleGuide({ revision: 7, guide });
    tasting.welcomed('tea');
    expect(tasting.current).to.equal(guide);
    tasting.handleGuide({ revision: 2, guide: null });
    tasting.handleGuide({ revision: 1, guide });
    expect([tasting.current, tasting.revision]).to.deep.equal([null, 2]);
    expect(names).to.deep.equal(['guideChanged', 'guideChanged']);
  });

  it('shows a timer that stands without asking for the time', () => {
    const { tasting, node } = make();
    node.isSilent = true;
    tasting.handleStep(step({ timer: running(0, { runningSince: null, elapsedMs: 3_000 }) }));
    expect(tasting.timer()).to.deep.equal({
      running: false,
      elapsedMs: 3_000,
      durationMs: 20_000,
      remainingMs: 17_000,
    });
  });

  it('shows a running timer to who comes late once the clock of the node is known, and tells so', async () => {
    const { tasting, node, names } = make();
    tasting.handleStep(step({ timer: running(performance.now() + node.aheadMs - 5_000) }));
    expect(tasting.timer()).to.equal(null);
    await clock.passUntil('the clock', () => tasting.timer() !== null);
    expect(names).to.deep.equal(['stepChanged', 'stepChanged']);
    expect(tasting.timer()?.elapsedMs).to.be.closeTo(5_000, 100);
    await clock.pass(2_000);
    expect(tasting.timer()?.elapsedMs).to.be.closeTo(7_000, 100);
    expect(names).to.have.length(2);
  });

  it('starts without a gap where the clock is known from the timer that stood', async () => {
    const { tasting, node, names } = make();
    tasting.handleStep(step({ timer: running(0, { runningSince: null }) }));
    await clock.pass(1_000);
    tasting.handleStep(step({ revision: 2, timer: running(performance.now() + node.aheadMs) }));
    expect(tasting.timer()).to.include({ running: true });
    await clock.pass(1_000);
    expect(tasting.timer()?.elapsedMs).to.be.closeTo(1_000, 50);
    expect(names).to.deep.equal(['stepChanged', 'stepChanged']);
  });

  it('goes on evenly while it changes to a node whose clock is another', async () => {
    const { tasting, node } = make();
    tasting.handleStep(step({ timer: running(performance.now() + node.aheadMs) }));
    await clock.pass(3_000);
    node.isSilent = true;
    tasting.welcomed('tea');
    await clock.pass(500);
    expect(tasting.timer()?.elapsedMs).to.be.closeTo(3_500, 50);
    node.aheadMs = 5;
    tasting.handleStep(step({ timer: running(performance.now() + node.aheadMs - 3_500) }));
    expect(tasting.timer()?.elapsedMs).to.be.closeTo(3_500, 50);
    tasting.welcomed('tea');
    tasting.handleStep(step({ timer: running(performance.now() + node.aheadMs - 3_500) }));
    node.isSilent = false;
    tasting.pageShown();
    await clock.pass(1_000);
    expect(tasting.timer()?.elapsedMs).to.be.closeTo(4_500, 50);
  });

  it('keeps what was when the room is left and entered again, and forgets it in another room', () => {
    const { tasting, names } = make();
    tasting.handleGuide({ revision: 7, guide });
    tasting.handleStep(step());
    tasting.left();
    tasting.welcomed('tea');
    expect(tasting.current).to.equal(guide);
    names.length = 0;
    tasting.welcomed('another');
    expect([tasting.current, tasting.step]).to.deep.equal([null, null]);
    expect(names).to.deep.equal(['guideChanged']);
  });
});
