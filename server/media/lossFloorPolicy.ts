/** What is known of a path to a subscriber, once a second. */
export interface DownlinkSample {
  /** Share of the packets that did not arrive, 0 to 1; a mean over the last few seconds. */
  lossRatio: number;
  /** Undefined while no receiver report has told it. */
  rttMs: number | undefined;
  /** What arrived of what was sent, retransmissions included. */
  deliveredBps: number;
  /** What the bandwidth estimation believes the path can carry. */
  availableBps: number;
  /** What the subscriber's consumers could use. */
  desiredBps: number;
}

/** What one sample leaves for the next. */
export interface LossFloor {
  /** What the estimation must not go below; 0 leaves it alone. */
  floorBps: number;
  /** Least loss seen while it held: what the path loses whatever is sent. */
  baseLoss: number;
  baseRttMs: number;
  /** Samples without loss in a row. */
  calm: number;
  /** Samples in a row in which not even the least got through. */
  stuck: number;
  /** Samples until the floor may rise again. */
  hold: number;
  /** That wait after the next failure. */
  nextHold: number;
}

/**
 * The smallest layer of one video in half its frames. Without it an estimation that was thrown to the bottom stays there: nothing
 * is sent that could be measured (300 kbps after 2.5 Mbps: ten seconds without a picture).
 */
export const LEAST_FLOOR_BPS = 100_000;

export const restingFloor: Readonly<LossFloor> = Object.freeze({
  floorBps: LEAST_FLOOR_BPS,
  baseLoss: 1,
  baseRttMs: Infinity,
  calm: 0,
  stuck: 0,
  hold: 0,
  nextHold: 8,
});

/** The bandwidth estimation grows by itself below this. */
export const LOSSY_RATIO = 0.03;
const CALM_RATIO = 0.015;
const CALM_SAMPLES = 5;
/** Above this it shrinks, without end. */
const SHRINKING_RATIO = 0.1;
/** Who loses more than this can not be helped by more. */
const HOPELESS_RATIO = 0.45;
const STUCK_SAMPLES = 6;
/** The first floor stands this far below: loss that goes away with it was congestion. */
const FIRST_STEP = 0.75;
const FIRST_HOLD = 3;
const RISE = 1.15;
const FALL = 0.7;
/** Of what still arrives through a congested path, this much surely does, and leaves room for its queue to empty. */
const SURE_SHARE = 0.5;
const LONGEST_HOLD = 32;
/**
 * What may be lost at most where much is lost. Beyond it a smaller picture is the better one: one of many packets is seldom whole (30 % loss and
 * 200 ms: 11 frames a second and 70 % of the time frozen at 1280 x 720, 22 and 11 % at 640 x 360).
 */
const MAX_LOST_BPS = 150_000;
/** Where less is lost what may be lost twice, since then most of it comes at the second attempt: 4 Mbps at 10 %, 1 Mbps at 20 %. */
const MAX_LOST_TWICE_BPS = 40_000;
/** Loss may vary by chance around what the path always loses. */
const LOSS_FACTOR = 1.5;
const LOSS_MARGIN = 0.04;
/** A queue that fills shows as delay: half a round trip more, and more than jitter makes of it. */
const RTT_FACTOR = 1.5;
const RTT_MARGIN_MS = 80;
/** A second. Another network has another round trip: one that doubles is the new measure after half a minute. */
const BASE_RTT_GROWTH = 1.025;

/**
 * How low the bandwidth estimation towards a subscriber may go. mediasoup's (GoogCC) takes every loss for congestion: above 10 %
 * it lowers the bitrate by half the loss every 300 ms, down to 30 kbps, where there is no picture left; between 2 and 10 %
 * it never grows. Radio links lose that much whatever is sent. So as long as sending less does not lose less, and no queue
 * shows as delay, the floor holds and rises slowly; as soon as one of both tells of congestion, it falls and stays down
 * for a while, each time for longer. The idea of judging loss by its response to the rate is that of PCC (Dong et al., NSDI 2015).
 */
export function nextLossFloor(before: LossFloor, sample: DownlinkSample): LossFloor {
  const { lossRatio, rttMs = before.baseRttMs } = sample;
  const state: LossFloor = {
    ...before,
    baseRttMs: Math.min(before.baseRttMs * BASE_RTT_GROWTH, rttMs),
    calm: lossRatio < CALM_RATIO ? before.calm + 1 : 0,
    hold: Math.max(0, before.hold - 1),
  };
  // Nothing was sent meanwhile that could tell more.
  if (state.floorBps === 0) return state.hold > 0 ? state : { ...state, floorBps: LEAST_FLOOR_BPS, stuck: 0 };
  if (state.calm >= CALM_SAMPLES) return { ...restingFloor, baseRttMs: state.baseRttMs };
  if (state.floorBps === LEAST_FLOOR_BPS) return leave(state, sample);
  if (isCongested(state, sample)) return fall(state, sample);
  state.baseLoss = Math.min(state.baseLoss, lossRatio);
  if (state.hold > 0 || state.calm > 0) return state;
  return { ...state, floorBps: Math.max(state.floorBps, Math.min(state.floorBps * RISE, ceilingOf(sample))) };
}

/** From the resting floor up, or, where not even that gets through, to none: the voice needs what there is. */
function leave(state: LossFloor, sample: DownlinkSample): LossFloor {
  const { lossRatio, rttMs, availableBps } = sample;
  if (lossRatio > HOPELESS_RATIO || isDelayed(state, rttMs)) {
    const stuck = availableBps <= LEAST_FLOOR_BPS ? state.stuck + 1 : 0;
    if (stuck >= STUCK_SAMPLES) return { ...failed(state), floorBps: 0 };
    if (state.hold > 0) return { ...state, stuck };
    return begin({ ...state, stuck }, sureOf(sample), lossRatio);
  }
  if (lossRatio < LOSSY_RATIO || state.hold > 0) return { ...state, stuck: 0 };
  const step = lossRatio > SHRINKING_RATIO ? FIRST_STEP : 1;
  return begin({ ...state, stuck: 0 }, Math.min(availableBps * step, ceilingOf(sample)), lossRatio);
}

function begin(state: LossFloor, floorBps: number, baseLoss: number): LossFloor {
  return floorBps > LEAST_FLOOR_BPS ? { ...state, floorBps, baseLoss, hold: FIRST_HOLD } : state;
}

function fall(state: LossFloor, sample: DownlinkSample): LossFloor {
  const floorBps = Math.min(state.floorBps * FALL, sureOf(sample));
  return { ...failed(state), floorBps: Math.max(floorBps, LEAST_FLOOR_BPS) };
}

/** Above what can be used it would only ask for padding. */
function ceilingOf({ desiredBps, lossRatio }: DownlinkSample): number {
  return Math.min(desiredBps, Math.max(MAX_LOST_BPS / lossRatio, MAX_LOST_TWICE_BPS / lossRatio ** 2));
}

function sureOf({ deliveredBps, availableBps }: DownlinkSample): number {
  return Math.min(deliveredBps * SURE_SHARE, availableBps);
}

/** Each failure keeps it down for twice as long as the one before. */
function failed(state: LossFloor): LossFloor {
  return { ...state, stuck: 0, hold: state.nextHold, nextHold: Math.min(state.nextHold * 2, LONGEST_HOLD) };
}

function isCongested(state: LossFloor, { lossRatio, rttMs }: DownlinkSample): boolean {
  return (
    lossRatio > state.baseLoss * LOSS_FACTOR + LOSS_MARGIN || lossRatio > HOPELESS_RATIO || isDelayed(state, rttMs)
  );
}

function isDelayed({ baseRttMs }: LossFloor, rttMs: number | undefined): boolean {
  return rttMs !== undefined && rttMs > baseRttMs * RTT_FACTOR + RTT_MARGIN_MS;
}
