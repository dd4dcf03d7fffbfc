import { expect } from 'chai';
import {
  LEAST_FLOOR_BPS,
  nextLossFloor,
  restingFloor,
  type DownlinkSample,
  type LossFloor,
} from '../../../server/media/lossFloorPolicy.ts';

const DESIRED_BPS = 3_000_000;

interface Path {
  /** Share that is lost whatever is sent. */
  randomLoss: number;
  capacityBps: number;
  /** Excess waits before it is lost, and shows as delay. */
  queueMs: number;
}

/**
 * A second of a path under an estimation as mediasoup's: a mean loss over 10 % lowers it by half of that every 300 ms, below 2 % it
 * grows by 8 %, and it never goes below the floor.
 */
function secondOf({ randomLoss, capacityBps, queueMs }: Path, availableBps: number, floorBps: number) {
  const sentBps = Math.min(availableBps, DESIRED_BPS);
  const overflow = Math.max(0, 1 - capacityBps / sentBps);
  const lossRatio = 1 - (1 - randomLoss) * (1 - overflow);
  const rttMs = 40 + (overflow > 0 ? queueMs : 0);
  const next = lossRatio > 0.1 ? availableBps * (1 - lossRatio / 2) ** 3 : availableBps * (lossRatio < 0.02 ? 1.08 : 1);
  const deliveredBps = sentBps * (1 - lossRatio);
  return {
    sample: { lossRatio, rttMs, deliveredBps, availableBps, desiredBps: DESIRED_BPS },
    next: Math.max(next, floorBps, 30_000),
  };
}

function follow(seconds: number, path: Path, from = DESIRED_BPS) {
  let state: LossFloor = restingFloor;
  let availableBps = from;
  const seen: { floorBps: number; availableBps: number; lossRatio: number }[] = [];
  for (let second = 0; second < seconds; second++) {
    const { sample, next } = secondOf(path, availableBps, state.floorBps);
    state = nextLossFloor(state, sample);
    availableBps = Math.max(next, state.floorBps);
    seen.push({ floorBps: state.floorBps, availableBps, lossRatio: sample.lossRatio });
  }
  return { state, availableBps, seen, last: seen.slice(-20) };
}

const sample = (given: Partial<DownlinkSample>): DownlinkSample => ({
  lossRatio: 0,
  rttMs: 40,
  deliveredBps: 2_000_000 * (1 - (given.lossRatio ?? 0)),
  availableBps: 2_000_000,
  desiredBps: DESIRED_BPS,
  ...given,
});

describe('the floor under the bandwidth estimation', () => {
  it('rests while nothing is lost', () => {
    const { seen } = follow(30, { randomLoss: 0, capacityBps: 10_000_000, queueMs: 0 });
    expect(seen.every(({ floorBps }) => floorBps === LEAST_FLOOR_BPS)).to.equal(true);
  });

  for (const [randomLoss, bps] of [
    [0.05, DESIRED_BPS],
    [0.1, DESIRED_BPS],
    [0.2, 1_000_000],
    [0.3, 500_000],
  ] as const) {
    it(`brings ${bps / 1_000} kbps over a path that loses ${randomLoss * 100} % of whatever is sent`, () => {
      const { availableBps } = follow(60, { randomLoss, capacityBps: 10_000_000, queueMs: 0 });
      expect(availableBps).to.be.within(bps * 0.95, DESIRED_BPS);
    });
  }

  it('rises again from the bottom', () => {
    const { availableBps } = follow(90, { randomLoss: 0.2, capacityBps: 10_000_000, queueMs: 0 }, 150_000);
    expect(availableBps).to.be.at.least(700_000);
  });

  for (const queueMs of [0, 300]) {
    for (const capacityBps of [300_000, 800_000, 2_000_000]) {
      it(`does not hold more than ${capacityBps / 1_000} kbps carry, with a queue of ${queueMs} ms`, () => {
        const { last } = follow(120, { randomLoss: 0, capacityBps, queueMs });
        for (const { lossRatio } of last) expect(lossRatio).to.be.at.most(0.3);
        const mean = last.reduce((sum, { availableBps }) => sum + availableBps, 0) / last.length;
        expect(mean).to.be.within(capacityBps * 0.4, capacityBps * 1.2);
      });
    }
  }

  it('does not let the estimation fall far below what a path still carries that has become narrow', () => {
    const { seen } = follow(20, { randomLoss: 0, capacityBps: 800_000, queueMs: 300 });
    for (const { availableBps } of seen) expect(availableBps).to.be.at.least(180_000);
  });

  it('finds what a narrow path carries that loses besides', () => {
    const { last } = follow(180, { randomLoss: 0.15, capacityBps: 1_000_000, queueMs: 100 });
    const mean = last.reduce((sum, { availableBps }) => sum + availableBps, 0) / last.length;
    expect(mean).to.be.within(300_000, 1_200_000);
  });

  it('tries less and less often after each failure', () => {
    const failures: number[] = [];
    let state: LossFloor = restingFloor;
    for (let second = 0; second < 300; second++) {
      const congested = state.floorBps > 500_000;
      const next = nextLossFloor(state, sample({ lossRatio: congested ? 0.4 : 0.12, availableBps: 600_000 }));
      if (next.floorBps < state.floorBps) failures.push(second);
      state = next;
    }
    const waits = failures.slice(1).map((second, index) => second - failures[index]!);
    expect(waits.length).to.be.greaterThan(3);
    expect(waits[1]).to.be.greaterThan(waits[0]! + 4);
    for (const wait of waits.slice(2))
      expect(wait)
        .to.be.greaterThan(waits[1]! + 8)
        .and.lessThan(45);
  });

  it('begins below what is sent where the loss could be congestion, and at it where the estimation would only stand still', () => {
    expect(nextLossFloor(restingFloor, sample({ lossRatio: 0.2, availableBps: 800_000 })).floorBps).to.equal(600_000);
    expect(nextLossFloor(restingFloor, sample({ lossRatio: 0.05 })).floorBps).to.equal(2_000_000);
  });

  it('takes a queue that fills for congestion, however little is lost', () => {
    let state = nextLossFloor(restingFloor, sample({ lossRatio: 0.05 }));
    state = nextLossFloor(state, sample({ lossRatio: 0.05, rttMs: 400 }));
    expect(state.floorBps).to.be.lessThan(2_000_000);
  });

  it('takes the longer round trip of another network for its own after a while', () => {
    let state = nextLossFloor(restingFloor, sample({ lossRatio: 0.05, rttMs: 10 }));
    for (let second = 0; second < 240; second++) state = nextLossFloor(state, sample({ lossRatio: 0.05, rttMs: 120 }));
    expect(state.floorBps).to.be.at.least(2_000_000);
  });

  it('does not rise again before its time after a failure', () => {
    const failed = { ...restingFloor, baseRttMs: 40, hold: 10, nextHold: 16 };
    expect(nextLossFloor(failed, sample({ lossRatio: 0.5 })).floorBps).to.equal(LEAST_FLOOR_BPS);
    expect(nextLossFloor(failed, sample({ lossRatio: 0.05, rttMs: 500 })).floorBps).to.equal(LEAST_FLOOR_BPS);
    expect(nextLossFloor(failed, sample({ lossRatio: 0.05 })).floorBps).to.equal(LEAST_FLOOR_BPS);
  });

  it('does not know of delay before a receiver report has told it', () => {
    const state = nextLossFloor(restingFloor, sample({ lossRatio: 0.05, rttMs: undefined }));
    expect(nextLossFloor(state, sample({ lossRatio: 0.05, rttMs: undefined })).floorBps).to.be.at.least(2_000_000);
  });

  it('leaves everything to the voice where not even the least gets through, and tries again after a while', () => {
    let state: LossFloor = restingFloor;
    const seen: number[] = [];
    for (let second = 0; second < 60; second++) {
      state = nextLossFloor(
        state,
        sample({ lossRatio: 0.7, deliveredBps: 10_000, availableBps: state.floorBps || 30_000 }),
      );
      seen.push(state.floorBps);
    }
    const given = seen.indexOf(0);
    expect(given).to.be.greaterThan(0);
    expect(seen.indexOf(LEAST_FLOOR_BPS, given)).to.be.greaterThan(given);
  });

  it('is at rest again when nothing is lost any more', () => {
    let state = nextLossFloor(restingFloor, sample({ lossRatio: 0.2 }));
    for (let second = 0; second < 5; second++) state = nextLossFloor(state, sample({ lossRatio: 0 }));
    expect(state.floorBps).to.equal(LEAST_FLOOR_BPS);
  });
});
