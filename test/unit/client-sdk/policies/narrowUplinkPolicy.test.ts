import { expect } from 'chai';
import {
  isHeldBack,
  nextUplink,
  stepFor,
  uplinkSteps,
  wideUplink,
  type NarrowUplink,
  type UplinkReading,
} from '../../../../client-sdk/src/policies/narrowUplinkPolicy.ts';
import { videoPublishPlan, type VideoToPublish } from '../../../../client-sdk/src/policies/publishPolicy.ts';

const closeUp: VideoToPublish = {
  source: 'teaCloseUp',
  profile: 'tea',
  codec: 'vp8',
  width: 1_280,
  height: 720,
  frameRate: 30,
};
const stepsOf = (layers: number, change: Partial<VideoToPublish> = {}) =>
  uplinkSteps(videoPublishPlan({ ...closeUp, ...change }), layers);
const steps = stepsOf(3);
const LOOK_MS = 400;

/** What Chromium gives on a path that carries so much, which is at most what the step can use. */
function on(pathBps: number, step: number, change: Partial<UplinkReading> = {}): Omit<UplinkReading, 'atMs'> {
  const givenBps = Math.min(steps[step]?.mostBps ?? 0, pathBps * 0.85);
  return {
    givenBps,
    usedBps: givenBps,
    givenToAllBps: givenBps,
    availableBps: pathBps,
    begun: true,
    stopped: false,
    queueMs: 0,
    ...change,
  };
}

/** The places in the steps, one a look, while `path` tells what the path is like, `ms` after the beginning. */
function watch(
  path: (ms: number, step: number) => Omit<UplinkReading, 'atMs'>,
  ms: number,
  from: NarrowUplink = wideUplink,
) {
  const seen: number[] = [];
  let state = from;
  for (let atMs = 0; atMs < ms; atMs += LOOK_MS) {
    state = nextUplink(state, { ...path(atMs, state.step), atMs }, steps);
    seen.push(state.step);
  }
  return { seen, state };
}

const changes = (seen: readonly number[]) => seen.filter((step, index) => step !== seen[index - 1]);

describe('the policy of a narrow uplink', () => {
  describe('its steps', () => {
    it('need less and less, and the two with the smallest picture nothing', () => {
      for (const layers of [2, 3]) {
        const needs = stepsOf(layers).map(({ leastBps }) => leastBps);
        expect(needs).to.deep.equal([...needs].sort((one, other) => other - one));
        expect(new Set(needs).size).to.equal(needs.length - 1);
        expect(needs.slice(-2)).to.deep.equal([0, 0]);
      }
    });

    it('can each use more than they need, and no more than the one before', () => {
      for (const { leastBps, mostBps } of steps) expect(mostBps).to.be.greaterThan(leastBps);
      const most = steps.map(({ mostBps }) => mostBps);
      expect(most.slice(0, -1)).to.deep.equal(most.slice(0, -1).sort((one, other) => other - one));
    });

    it('give the smaller picture as much a pixel as the whole one has, and what the step before can not use', () => {
      const whole = steps[0]!.largestBps;
      for (const { shrink, largestBps } of steps.slice(0, -1)) {
        expect(largestBps).to.be.at.least(Math.round(whole / (shrink ?? 1) ** 2));
      }
      for (const [index, { leastBps }] of steps.slice(0, -2).entries()) {
        expect(steps[index + 1]?.mostBps).to.be.at.least(Math.round(leastBps));
      }
    });

    it('need what Chromium stops a stream below, however low its bitrate was planned', () => {
      const [whole, smaller] = stepsOf(3, { profile: 'standard', frameRate: 15 });
      const beside = whole!.mostBps - whole!.largestBps;
      expect(whole!.leastBps - beside).to.be.at.least(600_000);
      expect(smaller!.leastBps - beside).to.be.at.least(350_000);
    });

    it('are all within what the application allows', () => {
      for (const step of stepsOf(3, { maxBitrateBps: 500_000 }))
        expect(step.leastBps).to.be.lessThan(step.mostBps * 0.95);
    });

    it('are one alone where there is nothing to choose: one stream, or the smallest', () => {
      for (const alone of [stepsOf(1), stepsOf(0), stepsOf(3, { codec: 'vp9' }), stepsOf(1, { source: 'screen' })]) {
        expect(alone).to.have.length(1);
      }
    });

    it('are found for what a path carries', () => {
      expect(stepFor(steps, Infinity)).to.equal(0);
      expect(steps[stepFor(steps, 0)]).to.include({ smaller: 0, shrink: 4 });
      expect(steps[stepFor(steps, 500_000)]).to.include({ smaller: 1, shrink: 2 });
    });
  });

  it('sends everything where everything fits', () => {
    expect(changes(watch((_, step) => on(6_000_000, step), 60_000).seen)).to.deep.equal([0]);
  });

  it('makes the picture smaller while the estimation falls, before Chromium stops it', () => {
    // As measured at 20 % loss: a third less each second.
    const { seen } = watch((ms, step) => on(5_700_000 * 0.67 ** (ms / 1_000), step), 10_000);
    expect(changes(seen)).to.have.length.within(3, 6);
    expect(steps[seen.at(-1)!]).to.include({ smaller: 0, shrink: 4 });
  });

  it('minds no single dip', () => {
    const dip = (ms: number, step: number) => on(ms === 4_000 ? 800_000 : 6_000_000, step);
    expect(changes(watch(dip, 12_000).seen)).to.deep.equal([0]);
  });

  it('acts at once where Chromium has stopped the picture, by what there is and not by what is still used of it', () => {
    const stopped = {
      givenBps: 650_000,
      usedBps: 650_000,
      givenToAllBps: 650_000,
      availableBps: 1_900_000,
      begun: true,
      stopped: true,
      queueMs: 0,
    };
    const { step } = nextUplink({ ...wideUplink, availableBps: 1_900_000 }, { ...stopped, atMs: 0 }, steps);
    expect(steps[step]).to.include({ smaller: 2, shrink: 4 / 3 });
  });

  it('minds nothing where the path carries all of it: the encoder is only set up anew, or has too much to do', () => {
    for (const short of [{ stopped: true }, { queueMs: 900 }, { givenBps: 150_000 }]) {
      const reading = (_: number, step: number) => ({ ...on(700_000, step, short), availableBps: 6_000_000, ...short });
      expect(changes(watch(reading, 10_000).seen)).to.deep.equal([0]);
    }
  });

  it('leaves to other videos what is theirs', () => {
    const stopped = {
      givenBps: 650_000,
      usedBps: 650_000,
      givenToAllBps: 1_150_000,
      availableBps: 1_900_000,
      begun: true,
      stopped: true,
      queueMs: 0,
    };
    const { step } = nextUplink({ ...wideUplink, availableBps: 1_900_000 }, { ...stopped, atMs: 0 }, steps);
    expect(steps[step]).to.include({ smaller: 1, shrink: 2 });
  });

  it('waits for what a change does before the next', () => {
    const narrow = { ...wideUplink, step: 1, changedAtMs: 0 };
    expect(nextUplink(narrow, { ...on(100_000, 1, { stopped: true }), atMs: 400 }, steps).step).to.equal(1);
    expect(nextUplink(narrow, { ...on(100_000, 1, { stopped: true }), atMs: 900 }, steps).step).to.equal(6);
  });

  it('makes the picture smaller where packets wait in the page, however much is given', () => {
    const queue = (ms: number, step: number) => on(700_000, step, { queueMs: step === 2 && ms < 60_000 ? 400 : 10 });
    expect(changes(watch(queue, 5_000, { ...wideUplink, step: 2 }).seen)).to.deep.equal([2, 3]);
  });

  it('does not where all is given, as on a machine that is busy', () => {
    expect(changes(watch((_, step) => on(6_000_000, step, { queueMs: 900 }), 5_000).seen)).to.deep.equal([0]);
  });

  it('has nothing smaller than the smallest', () => {
    for (const step of [5, 6]) {
      expect(watch((_, at) => on(60_000, at, { queueMs: 900 }), 5_000, { ...wideUplink, step }).state.step).to.equal(
        step,
      );
    }
  });

  it('stops the largest where a link breaks down, rather than to send it small, and the smallest goes on', () => {
    const down = {
      givenBps: 30_000,
      usedBps: 30_000,
      givenToAllBps: 30_000,
      availableBps: 300_000,
      begun: true,
      stopped: true,
      queueMs: 0,
    };
    const { step } = nextUplink({ ...wideUplink, availableBps: 5_500_000 }, { ...down, atMs: 0 }, steps);
    expect(steps[step]).to.include({ smaller: 1, shrink: null });
  });

  it('brings the largest back from there beside the smallest', () => {
    const { seen } = watch((_, step) => on(6_000_000, step), 30_000, { ...wideUplink, step: 6 });
    expect(changes(seen)).to.deep.equal([6, 2, 1, 0]);
  });

  it('stays at what a path of steady width carries', () => {
    for (const [bps, at] of [
      [1_700_000, 1],
      [800_000, 2],
      [320_000, 3],
      [180_000, 4],
      [100_000, 6],
    ] as const) {
      const { seen } = watch((_, step) => on(bps, step), 120_000);
      expect(seen.at(-1), `${bps} bps`).to.equal(at);
      expect(changes(seen), `${bps} bps`).to.have.length.within(2, 3);
    }
  });

  it('sends all of it again within half a minute of when the path is wide', () => {
    const { seen } = watch((_, step) => on(6_000_000, step), 30_000, { ...wideUplink, step: 5 });
    expect(changes(seen)).to.deep.equal([5, 4, 3, 2, 1, 0]);
  });

  it('comes back where a picture that hardly moves gives the estimation nothing to grow on', () => {
    const still = (_: number, step: number) => {
      // It uses a quarter of what was planned, and the estimation grows to half as much again.
      const usedBps = steps[step]!.plannedBps / 4;
      const givenBps = usedBps * 1.4;
      const needed = Math.max(givenBps, steps[step]!.leastBps);
      return {
        givenBps: needed,
        usedBps,
        givenToAllBps: needed,
        availableBps: needed * 1.1,
        begun: true,
        stopped: false,
        queueMs: 0,
      };
    };
    expect(watch(still, 90_000, { ...wideUplink, step: 5 }).state.step).to.equal(0);
  });

  it('tries more ever more seldom where more fails each time', () => {
    // Just enough that the next step seems to fit, and Chromium stops the picture each time.
    const { seen } = watch((_, step) => {
      const { mostBps } = steps[step]!;
      const given = Math.min(mostBps, 1_290_000);
      return {
        givenBps: given,
        usedBps: given,
        givenToAllBps: given,
        availableBps: 1_700_000,
        begun: true,
        stopped: step < 2,
        queueMs: 0,
      };
    }, 600_000);
    const attempts = seen.flatMap((step, index) => (step === 1 && seen[index - 1] === 2 ? [index * LOOK_MS] : []));
    const waits = attempts.slice(1).map((atMs, index) => atMs - attempts[index]!);
    expect(attempts.length).to.be.within(4, 12);
    expect(waits.at(-1)).to.be.greaterThan(4 * waits[0]!);
  });

  it('takes the link for what holds the picture back until there is enough, and again where more has failed', () => {
    const narrow = { ...wideUplink, step: 2 };
    expect(isHeldBack(wideUplink)).to.equal(false);
    expect(isHeldBack(narrow)).to.equal(true);
    expect(isHeldBack(watch((_, step) => on(6_000_000, step), 1_000, narrow).state)).to.equal(false);
    expect(isHeldBack(watch((_, step) => on(600_000, step), 5_000, narrow).state)).to.equal(true);
    expect(isHeldBack({ ...narrow, fullSinceMs: 0, waitMs: 2 * wideUplink.waitMs })).to.equal(true);
  });

  it('decides nothing by a video that sends nothing', () => {
    const nothing = {
      givenBps: 0,
      usedBps: 0,
      givenToAllBps: 0,
      availableBps: 30_000,
      begun: true,
      stopped: true,
      queueMs: 0,
    };
    expect(watch(() => nothing, 5_000).state.step).to.equal(0);
  });
});
