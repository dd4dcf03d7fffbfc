import type { VideoPublishPlan } from './publishPolicy.ts';

/** What is sent of a video in streams of simulcast: so many of the smallest, and the largest that is wanted. */
export interface SentStep {
  smaller: number;
  /** Divides the sides of the largest; null where it is stopped. */
  shrink: number | null;
  /** What the largest may use, in bits a second. */
  largestBps: number;
}

type SentSizes = Omit<SentStep, 'largestBps'>;

export interface UplinkStep extends SentStep {
  /** With so much it makes the best picture. */
  enoughBps: number;
  /** With less than this another step makes a better one. */
  leastBps: number;
  /** With so much it has what it was planned for. */
  plannedBps: number;
  /** More is of no use. */
  mostBps: number;
}

/** What the browser's congestion control gives, at one look. */
export interface UplinkReading {
  /** Of the page's clock, milliseconds. */
  atMs: number;
  /** To the streams of this video. */
  givenBps: number;
  /** What they have sent of it. */
  usedBps: number;
  /** To all videos of the page. */
  givenToAllBps: number;
  /** What it takes the path to carry. */
  availableBps: number;
  /** The largest stream was ever sent. Chromium sends none of a size that the picture turns out not to have, whatever the path carries. */
  begun: boolean;
  /** It has stopped the largest stream, for which there is too little. */
  stopped: boolean;
  /** How long packets of this video wait in the page for their turn. */
  queueMs: number;
}

export interface NarrowUplink {
  /** Place in the steps; 0 sends everything. */
  step: number;
  changedAtMs: number;
  /** Whether the last change was to send more. */
  raised: boolean;
  /** Since when there has been too little, enough, and plenty; null while it is not so. */
  tightSinceMs: number | null;
  fullSinceMs: number | null;
  roomySinceMs: number | null;
  /** How long there must be plenty before more is tried. */
  waitMs: number;
  /** At the look before. */
  availableBps: number;
}

const FIRST_WAIT_MS = 3_000;
const LONGEST_WAIT_MS = 120_000;

export const wideUplink: Readonly<NarrowUplink> = Object.freeze({
  step: 0,
  changedAtMs: -Infinity,
  raised: false,
  tightSinceMs: null,
  fullSinceMs: null,
  roomySinceMs: null,
  waitMs: FIRST_WAIT_MS,
  availableBps: 0,
});

/**
 * By the number of streams that are wanted, best first. A smaller stream goes as soon as the largest has its size: what is left makes
 * one good picture rather than two bad ones. 8/3 makes 480 x 270 of 1280 x 720.
 */
const STEPS: Readonly<Record<number, readonly SentSizes[]>> = {
  2: [
    { smaller: 1, shrink: 1 },
    { smaller: 0, shrink: 1 },
    { smaller: 0, shrink: 4 / 3 },
    { smaller: 0, shrink: 2 },
  ],
  3: [
    { smaller: 2, shrink: 1 },
    { smaller: 2, shrink: 4 / 3 },
    { smaller: 1, shrink: 2 },
    { smaller: 0, shrink: 2 },
    { smaller: 0, shrink: 8 / 3 },
    { smaller: 0, shrink: 4 },
  ],
};
/**
 * The last step for a link that has broken down. Of the largest stream hundreds of packets have got stuck, and the next that came of
 * it would have all of them sent again: at 150 kbps, 1 frame a second for half a minute. So the smallest goes on alone, and mediasoup
 * sends it to everyone when the others have been gone for 1.5 s.
 */
const SMALLEST: SentSizes = { smaller: 1, shrink: null };

/**
 * Of what the largest uses in full. With less than the least the encoder leaves out frames. A stream that goes alone is held on to for longer:
 * with loss that is no congestion the estimation follows what is sent, and a smaller picture brings it down further.
 */
const ENOUGH_SHARE = 0.4;
const LEAST_SHARE = { beside: 0.34, alone: 0.2 } as const;
/**
 * Below this, in bits a second, Chromium stops a stream that has smaller ones beside it: 600 kbps at 1280 x 720, 350 at 960 x 540, 150 at
 * 640 x 360 (its kSimulcastFormats), and some more is needed until it has been made smaller. A stream that may never use so much needs
 * nearly all that it may.
 */
const STOPPED_BPS_A_PIXEL = 0.68;
const NEARLY_ALL = 0.9;
/** The encoder is set up anew, and tells nothing before that. */
const SETTLE_MS = 800;
/** A single look may have met a dip. */
const TIGHT_MS = 300;
/** More waits where the encoder can not make the picture any coarser. */
const LONG_QUEUE_MS = 200;
/** Where the picture was stopped the link is worse than the estimation says, which still falls: as far as at the last two looks, at most so far. */
const DEEPEST_FALL = 0.4;
/** Of the estimation, what a video gets of it beside retransmissions and sound. */
const MEDIA_SHARE = 0.75;
const FULL_SHARE = 0.95;
const USED_SHARE = 0.75;
/** The estimation of a path that is not used to the full grows to 1.5 times of what is sent, and no further. */
const ROOMY_FACTOR = 1.3;
/** A still picture sends so little that the estimation has nothing to grow on: then time must do. */
const FULL_WAIT_FACTOR = 2;
/** More that is taken back this soon was too much. */
const FAILED_WITHIN_MS = 10_000;

/** The steps for so many layers; only one where there is nothing to choose. */
export function uplinkSteps({ encodings, layerBitrates, size }: VideoPublishPlan, layers: number): UplinkStep[] {
  const wanted = Math.min(layers, layerBitrates.length);
  const largest = layerBitrates[wanted - 1] ?? 0;
  const sizes = encodings.length > 1 ? STEPS[wanted] : undefined;
  if (!sizes) {
    const smaller = Math.max(0, wanted - 1);
    return [
      { smaller, shrink: 1, largestBps: largest, enoughBps: 0, leastBps: 0, plannedBps: largest, mostBps: Infinity },
    ];
  }
  const pixels = (size.width * size.height) / (encodings[wanted - 1]?.scaleResolutionDownBy ?? 1) ** 2;
  const steps: UplinkStep[] = [];
  for (const [index, { smaller, shrink }] of [...sizes, SMALLEST].entries()) {
    const besideBps = layerBitrates.slice(0, smaller).reduce((sum, bitrate) => sum + bitrate, 0);
    // As much a pixel as in full size, and no less than the smallest has.
    const plannedBps = shrink === null ? 0 : Math.max(largest / shrink ** 2, layerBitrates[0] ?? 0);
    // All that is too little for the step before is used, or the estimation would fall to what is.
    const unusedBps = shrink === null ? 0 : (steps.at(-1)?.leastBps ?? 0) - besideBps;
    const largestBps = Math.round(Math.max(plannedBps, unusedBps));
    const stoppedBps =
      smaller > 0 ? Math.min((pixels / (shrink ?? Infinity) ** 2) * STOPPED_BPS_A_PIXEL, plannedBps * NEARLY_ALL) : 0;
    const needsBps = (share: number) =>
      index < sizes.length - 1 ? besideBps + Math.max(plannedBps * share, stoppedBps) : 0;
    const leastBps = needsBps(LEAST_SHARE[smaller > 0 ? 'beside' : 'alone']);
    const mostBps = besideBps + largestBps;
    const enoughBps = needsBps(ENOUGH_SHARE);
    steps.push({ smaller, shrink, largestBps, enoughBps, leastBps, plannedBps: besideBps + plannedBps, mostBps });
  }
  return steps;
}

/**
 * What a publisher sends when its link does not carry everything. Left alone Chromium shares what there is from the smallest stream up,
 * and stops the largest when its least bitrate is not left; mediasoup notices that after 1.5 s, in which everyone who watches it sees a
 * picture that stands. So the largest stream is made smaller before that, as a single one would be, and those that it is then no larger
 * than are stopped: at 20 % loss Chromium's estimation goes from 5.7 to 0.5 Mbps in ten seconds.
 */
export function nextUplink(before: NarrowUplink, reading: UplinkReading, steps: readonly UplinkStep[]): NarrowUplink {
  const { atMs, givenBps, givenToAllBps, availableBps } = reading;
  const state: NarrowUplink = { ...before, availableBps };
  const present = steps[before.step];
  if (!present || !reading.begun || givenBps === 0 || atMs - before.changedAtMs < SETTLE_MS) return state;
  const stopped = reading.stopped && present.shrink !== null;
  const isPlanned = givenBps >= present.plannedBps * FULL_SHARE;
  // Encoders that are set up anew, and a machine that is busy, look the same where the path carries it all.
  const carriesAll = availableBps * MEDIA_SHARE >= present.plannedBps;
  const isShort = stopped || givenBps < present.leastBps || (reading.queueMs > LONG_QUEUE_MS && !isPlanned);
  const isTight = isShort && !carriesAll;
  // What is not even used of what is given leaves the estimation nothing to grow on.
  const full = isPlanned || reading.usedBps < givenBps * USED_SHARE;
  const roomy = full && availableBps >= givenToAllBps * ROOMY_FACTOR;
  state.tightSinceMs = isTight ? (before.tightSinceMs ?? atMs) : null;
  state.fullSinceMs = full ? (before.fullSinceMs ?? atMs) : null;
  state.roomySinceMs = roomy ? (before.roomySinceMs ?? atMs) : null;
  if (state.tightSinceMs !== null) {
    if (!stopped && atMs - state.tightSinceMs < TIGHT_MS) return state;
    const carriedBps = stopped ? leftOver(reading, availableBps / before.availableBps) : givenBps;
    const step = stepBelow(steps, before.step, carriedBps);
    return step > before.step ? lowered(state, step, atMs) : state;
  }
  const isLong = (sinceMs: number | null, waitMs: number) => sinceMs !== null && atMs - sinceMs >= waitMs;
  const mayRise =
    isLong(state.roomySinceMs, state.waitMs) || isLong(state.fullSinceMs, state.waitMs * FULL_WAIT_FACTOR);
  return mayRise && before.step > 0 ? changed(state, stepAbove(steps, before.step), atMs) : state;
}

/** Whether the link is what holds the picture back, as far as one knows: not where there is enough, and more has not failed of late. */
export function isHeldBack({ step, fullSinceMs, waitMs }: NarrowUplink): boolean {
  return step > 0 && (fullSinceMs === null || waitMs > FIRST_WAIT_MS);
}

/** The best that so much carries. */
export function stepFor(steps: readonly UplinkStep[], carriedBps: number): number {
  const index = steps.findIndex(({ enoughBps }) => carriedBps >= enoughBps);
  return index < 0 ? steps.length - 1 : index;
}

/** A worse one that so much carries. Where the smallest is sent it is better off without the largest at its size than instead of it. */
function stepBelow(steps: readonly UplinkStep[], present: number, carriedBps: number): number {
  const step = Math.max(present + 1, stepFor(steps, carriedBps));
  const hasSmallest = (steps[present]?.smaller ?? 0) > 0;
  return steps[step]?.leastBps ? step : steps.length - (hasSmallest ? 1 : 2);
}

/** The next better one, which from the smallest alone is one that has it too: mediasoup goes over to a new stream only after 2 s. */
function stepAbove(steps: readonly UplinkStep[], step: number): number {
  const { smaller = 0 } = steps[step] ?? {};
  return steps.slice(0, step).findLastIndex((better) => better.smaller >= smaller);
}

/** What Chromium would have given to the stream that it has stopped goes unused. `fall`: what is left of the estimation since the last look. */
function leftOver({ givenBps, givenToAllBps, availableBps }: UplinkReading, fall: number): number {
  const ownBps = Math.max(givenBps, availableBps * MEDIA_SHARE - (givenToAllBps - givenBps));
  return ownBps * Math.max(Math.min(fall, 1) ** 2, DEEPEST_FALL);
}

function lowered(state: NarrowUplink, step: number, atMs: number): NarrowUplink {
  const failed = state.raised && atMs - state.changedAtMs < FAILED_WITHIN_MS;
  const waitMs = failed ? Math.min(state.waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
  return { ...changed(state, step, atMs), waitMs };
}

function changed(state: NarrowUplink, step: number, atMs: number): NarrowUplink {
  const raised = step < state.step;
  return { ...state, step, raised, changedAtMs: atMs, tightSinceMs: null, fullSinceMs: null, roomySinceMs: null };
}
