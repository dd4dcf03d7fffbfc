import { expect } from 'chai';
import {
  nextUplinkFloor,
  noFloor,
  type UplinkFloor,
  type UplinkSample,
} from '../../../../client-sdk/src/policies/uplinkFloorPolicy.ts';

const WANTED_BPS = 650_000;
const clean: UplinkSample = { lossRatio: 0, rttMs: 20, wantedBps: WANTED_BPS };
const chance: UplinkSample = { ...clean, lossRatio: 0.2 };
const queued: UplinkSample = { ...chance, rttMs: 320 };

function after(state: UplinkFloor, ...samples: readonly UplinkSample[]): UplinkFloor {
  return samples.reduce(nextUplinkFloor, state);
}
const times = (count: number, sample: UplinkSample) => Array.from({ length: count }, () => sample);

describe('the floor under the estimation of an uplink', () => {
  const held = after(noFloor, ...times(3, clean), ...times(3, chance));

  it('is set where much is lost without a queue', () => {
    expect(held.floorBps).to.equal(WANTED_BPS);
    expect(after(noFloor, clean, ...times(60, chance)).floorBps).to.equal(WANTED_BPS);
  });

  it('is no higher than what so much loss lets through at the second attempt', () => {
    const third = { ...clean, lossRatio: 0.33 };
    expect(after(noFloor, clean, ...times(20, third)).floorBps).to.be.within(300_000, 450_000);
  });

  it('is not set for less loss, for a moment of it, nor where a queue fills', () => {
    for (const samples of [
      times(30, { ...clean, lossRatio: 0.06 }),
      [clean, chance, ...times(5, clean)],
      [clean, ...times(30, queued)],
      times(30, { ...clean, lossRatio: 0.6 }),
    ]) {
      const floors = samples.map((_, index) => after(noFloor, ...samples.slice(0, index + 1)).floorBps);
      expect(Math.max(...floors)).to.equal(0);
    }
  });

  it('waits when a queue that overflowed has just emptied', () => {
    const overflowed = after(noFloor, clean, { ...queued, lossRatio: 1 }, ...times(6, { ...clean, lossRatio: 0.15 }));
    expect(overflowed.floorBps).to.equal(0);
  });

  it('goes with the loss', () => {
    expect(after(held, ...times(4, clean)).floorBps).to.equal(WANTED_BPS);
    expect(after(held, ...times(20, clean)).floorBps).to.equal(0);
  });

  for (const [what, sample] of [
    ['a queue fills', queued],
    ['more is lost than before', { ...clean, lossRatio: 0.39 }],
    ['half is lost', { ...clean, lossRatio: 0.5 }],
  ] as const) {
    it(`falls when ${what}, and each time stays away for longer`, () => {
      const fallen = after(held, ...times(6, sample));
      expect(fallen.floorBps).to.equal(0);
      const waits: number[] = [];
      let state = held;
      for (let round = 0; round < 3; round++) {
        state = after(state, ...times(6, sample));
        let waited = 0;
        while (state.floorBps === 0 && waited < 500) {
          state = nextUplinkFloor(state, chance);
          waited++;
        }
        waits.push(waited);
      }
      expect(waits[1]).to.be.greaterThan(waits[0]!);
      expect(waits[2]).to.be.greaterThan(waits[1]!);
      expect(state.floorBps).to.be.greaterThan(0);
    });
  }

  it('does not follow every sample, since each change costs a key frame', () => {
    const wobbling = Array.from({ length: 40 }, (_, index) => ({ ...clean, lossRatio: index % 2 ? 0.16 : 0.24 }));
    const floors = new Set(wobbling.map((_, index) => after(held, ...wobbling.slice(0, index + 1)).floorBps));
    expect([...floors]).to.deep.equal([WANTED_BPS]);
  });

  it('is set for nobody who sends nothing worth it', () => {
    expect(after(noFloor, ...times(10, { ...chance, wantedBps: 0 })).floorBps).to.equal(0);
  });
});
