import { expect } from 'chai';
import { readTimer } from '../../../../client-sdk/src/guide/readTimer.ts';

describe('the timer of an infusion', () => {
  it('stands at what had passed', () => {
    expect(readTimer({ runningSince: null, elapsedMs: 4_000, durationMs: 20_000 }, 99_000)).to.deep.equal({
      running: false,
      elapsedMs: 4_000,
      durationMs: 20_000,
      remainingMs: 16_000,
    });
  });

  it('runs, and goes on beyond its end with nothing remaining', () => {
    const timer = { runningSince: 1_000, elapsedMs: 4_000, durationMs: 20_000 };
    expect(readTimer(timer, 3_000)).to.include({ running: true, elapsedMs: 6_000, remainingMs: 14_000 });
    expect(readTimer(timer, 31_000)).to.include({ running: true, elapsedMs: 34_000, remainingMs: 0 });
  });

  it('does not run backwards where the clock is estimated a little behind its start', () => {
    expect(readTimer({ runningSince: 1_000, elapsedMs: 0, durationMs: 5_000 }, 990)).to.include({ elapsedMs: 0 });
  });
});
