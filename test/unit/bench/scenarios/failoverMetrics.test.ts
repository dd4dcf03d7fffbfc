import { expect } from 'chai';
import {
  BACK_TIMEOUT_MS,
  backMs,
  failoverMetrics,
  longestGapMs,
  type AskedSample,
  type AwaySample,
  type MoveSample,
} from '../../../../bench/scenarios/failoverMetrics.ts';

const viewed = {
  ...{ viewer: 'guest' as const, failed: null, untilMs: 2_000 },
  ...{ frameMs: [-30, 3, 700, 1_990], frameMadeMs: [-40, -7, 690, 1_980], soundMs: [-20, 0, 600, 1_990] },
};
const kill: MoveSample = {
  ...viewed,
  ...{
    part: 'kill',
    place: 'together',
    round: 0,
    moved: true,
    toldMs: null,
    goneMs: null,
    returnedMs: null,
    story: '',
  },
};
const away: AwaySample = { ...viewed, part: 'away', loss: 'frozen' };
const asked = (kind: AskedSample['kind'], answer: string): AskedSample => ({
  ...{ part: 'asked', loss: 'frozen', kind, atMs: 5_000, answer, afterMs: 40 },
});

describe('backMs', () => {
  it('is when the first frame came that was made afterwards, not one that was on its way', () => {
    expect(backMs(viewed)).to.equal(700);
  });

  it('is all of the time that was waited where none came', () => {
    expect(backMs({ frameMs: [3], frameMadeMs: [-7] })).to.equal(BACK_TIMEOUT_MS);
  });
});

describe('longestGapMs', () => {
  it('is the longest between two moments', () => {
    expect(longestGapMs([-20, 0, 600, 700], 900)).to.equal(600);
  });

  it('counts a gap that has no end up to the end', () => {
    expect(longestGapMs([-20, 0], 900)).to.equal(900);
    expect(longestGapMs([], 900)).to.equal(900);
  });
});

describe('failoverMetrics', () => {
  it('tells returns and gaps of all who were in calls, and of each place', () => {
    const metrics = failoverMetrics([kill, { ...kill, place: 'apart', moved: false, toldMs: 120 }]);
    expect(metrics['kill.back']).to.deep.include({ n: 2, p95: 700 });
    expect(metrics['kill.apart.back']).to.deep.include({ n: 1, p95: 700 });
    expect(metrics['kill.soundGap']?.max).to.equal(1_390);
    expect(metrics.failures).to.deep.include({ n: 2, max: 0 });
  });

  it('counts those elsewhere who did not see that the other one is coming back', () => {
    const elsewhere: MoveSample = { ...kill, place: 'apart', moved: false };
    const metrics = failoverMetrics([elsewhere, { ...elsewhere, toldMs: 120 }, { ...elsewhere, moved: true }]);
    expect(metrics['kill.apart.told']).to.deep.include({ n: 1, p50: 120 });
    expect(metrics['kill.apart.untold']).to.deep.include({ n: 2, max: 1 });
    expect(failoverMetrics([kill])).to.not.have.any.keys('kill.apart.told', 'kill.apart.untold');
  });

  it('takes who is back at once for told, and counts who is shown twice', () => {
    const back: MoveSample = { ...kill, place: 'apart', moved: false, goneMs: 40, returnedMs: 60 };
    const metrics = failoverMetrics([back, { ...back, goneMs: null }]);
    expect(metrics['kill.apart.untold']?.max).to.equal(0);
    expect(metrics['kill.apart.doubled']).to.deep.include({ n: 2, max: 1 });
    expect(metrics['kill.apart.returned']?.p50).to.equal(60);
  });

  it('tells no return of a drain, whose beginning is not seen', () => {
    expect(failoverMetrics([{ ...kill, part: 'drain' }]))
      .to.include.keys('drain.soundGap')
      .and.not.have.any.keys('drain.back', 'drain.together.back');
  });

  it('tells of calls without Redis, who was let in, and who was not told why not', () => {
    const metrics = failoverMetrics([
      away,
      asked('own', 'welcome'),
      asked('own', 'Waited 10000 ms for the welcome.'),
      asked('fresh', 'clusterUnavailable'),
      asked('elsewhere', 'internal'),
      asked('rest', 'welcome'),
      { part: 'converged', loss: 'frozen', failed: 'node-1 knows 2 nodes', afterMs: 30_000 },
    ]);
    expect(metrics['away.frozen.pictureGap']?.max).to.equal(1_290);
    expect(metrics['away.frozen.ownRefused']).to.deep.include({ n: 2, max: 1 });
    expect(metrics['away.frozen.unexplained']).to.deep.include({ n: 3, max: 1 });
    expect(metrics['away.frozen.converged']?.max).to.equal(30_000);
    expect(metrics.failures?.max).to.equal(1);
    expect(metrics).to.not.have.any.keys('away.lost.pictureGap', 'away.lost.ownRefused');
  });
});
