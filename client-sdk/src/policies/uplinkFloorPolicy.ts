/** What is known of the path of what a page sends, once a second. */
export interface UplinkSample {
  /** Share of the packets of video that were lost, at the first attempt or for good; 0 to 1. */
  lossRatio: number;
  /** Undefined while it is not known. */
  rttMs: number | undefined;
  /** What makes a good picture of a single stream of each video. */
  wantedBps: number;
}

/** What one sample leaves for the next. */
export interface UplinkFloor {
  /** What the estimation must not go below; 0 leaves it alone. */
  floorBps: number;
  /** Smoothed over some samples. */
  lossRatio: number;
  /** What the path lost when the floor was set. */
  baseLoss: number;
  baseRttMs: number;
  /** Samples in a row with loss that looks like chance, without loss, and with signs of congestion. */
  lossy: number;
  calm: number;
  congested: number;
  /** Samples until a floor may be set again, and that wait after the next failure. */
  hold: number;
  nextHold: number;
}

const FIRST_HOLD = 10;
const LONGEST_HOLD = 160;

export const noFloor: Readonly<UplinkFloor> = Object.freeze({
  floorBps: 0,
  lossRatio: 0,
  baseLoss: 0,
  baseRttMs: Infinity,
  lossy: 0,
  calm: 0,
  congested: 0,
  hold: 0,
  nextHold: FIRST_HOLD,
});

/** The estimation lives with less loss than this by itself. */
const LOSSY_RATIO = 0.08;
const CALM_RATIO = 0.02;
/** Who loses more can not be helped by more. */
const HOPELESS_RATIO = 0.4;
const LOSSY_SAMPLES = 2;
const CALM_SAMPLES = 5;
const CONGESTED_SAMPLES = 2;
/** As towards a watcher (server/media/lossFloorPolicy.ts): what may be lost twice, in bits a second: 1 Mbps at 20 % loss. */
const MAX_LOST_TWICE_BPS = 40_000;
/** Less than this is no picture worth holding on to. */
const LEAST_BPS = 200_000;
/** A change of the floor costs a key frame. */
const LEAST_CHANGE = 0.3;
const LOSS_FACTOR = 1.5;
const LOSS_MARGIN = 0.05;
/** A queue that fills shows as delay. */
const RTT_FACTOR = 1.5;
const RTT_MARGIN_MS = 80;
/** A second. Another network has another round trip. */
const BASE_RTT_GROWTH = 1.025;
const SMOOTHING = 0.5;

/**
 * How low Chromium's bandwidth estimation of what is sent may go. It takes much loss for congestion, whatever it comes from: at 20 % it
 * goes down to some 300 kbps, and each smaller picture on the way costs a key frame and a moment in which all stands. Loss that comes
 * without a queue, and that does not grow with the floor, is not congestion. The idea of judging loss by its response to the rate is that of PCC (Dong
 * et al., NSDI 2015).
 */
export function nextUplinkFloor(before: UplinkFloor, sample: UplinkSample): UplinkFloor {
  const { rttMs = before.baseRttMs } = sample;
  const lossRatio = before.lossRatio + SMOOTHING * (sample.lossRatio - before.lossRatio);
  const baseRttMs = Math.min(before.baseRttMs * BASE_RTT_GROWTH, rttMs);
  const delayed = rttMs > baseRttMs * RTT_FACTOR + RTT_MARGIN_MS;
  const state: UplinkFloor = { ...before, lossRatio, baseRttMs, hold: Math.max(0, before.hold - 1) };
  const ceilingBps = Math.min(sample.wantedBps, MAX_LOST_TWICE_BPS / lossRatio ** 2);
  if (before.floorBps === 0) {
    // A queue that has overflowed empties, and its loss goes on for a moment.
    if (delayed || sample.lossRatio > HOPELESS_RATIO)
      return { ...state, lossy: 0, hold: Math.max(state.hold, FIRST_HOLD) };
    const lossy = Math.min(lossRatio, sample.lossRatio) >= LOSSY_RATIO ? before.lossy + 1 : 0;
    const sets = lossy >= LOSSY_SAMPLES && state.hold === 0 && ceilingBps >= LEAST_BPS;
    return sets
      ? { ...state, floorBps: ceilingBps, baseLoss: lossRatio, lossy: 0, calm: 0, congested: 0 }
      : { ...state, lossy };
  }
  const grows = lossRatio > before.baseLoss * LOSS_FACTOR + LOSS_MARGIN;
  const congested = delayed || grows || sample.lossRatio > HOPELESS_RATIO ? before.congested + 1 : 0;
  const calm = lossRatio < CALM_RATIO ? before.calm + 1 : 0;
  if (congested >= CONGESTED_SAMPLES || ceilingBps < LEAST_BPS) {
    const nextHold = Math.min(before.nextHold * 2, LONGEST_HOLD);
    return { ...state, floorBps: 0, hold: before.nextHold, nextHold, lossy: 0 };
  }
  if (calm >= CALM_SAMPLES) return { ...noFloor, lossRatio, baseRttMs };
  const isOff = Math.abs(ceilingBps - before.floorBps) > before.floorBps * LEAST_CHANGE;
  return { ...state, congested, calm, floorBps: isOff && calm === 0 ? ceilingBps : before.floorBps };
}
