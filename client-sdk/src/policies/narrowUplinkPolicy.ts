import type { VideoPublishPlan } from './publishPolicy.ts';

/** What is sent of a video in streams of simulcast: so many of the smallest, and the largest that is wanted. */
export interface SentStep {
  smaller: number;
  /** Divides the sides of the largest; null where it is stopped. */
  shrink: number | null;
}

export interface UplinkStep extends SentStep {
  /** With less than this another step makes the better picture. */
  leastBps: number;
  /** More is of no use. */
  mostBps: number;
}

/** What the browser's congestion control gives, at one look. */
export interface UplinkReading {
  /** Of the page's clock, milliseconds. */
  atMs: number;
  /** To the streams of this video. */
  givenBps: number;
  /** To all videos of the page. */
  givenToAllBps: number;
  /** What it takes the path to carry. */
  availableBps: number;
  /** It has stopped the largest stream, for which there is too little. */
  stopped: boolean;
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
const STEPS: Readonly<Record<number, readonly SentStep[]>> = {
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
const SMALLEST: SentStep = { smaller: 1, shrink: null };

/** With a smaller share of its bitrate the encoder leaves out frames. */
const LEAST_SHARE = 0.28;
/** The encoder is set up anew, and tells nothing before that. */
const SETTLE_MS = 800;
/** A single look may have met a dip. */
const TIGHT_MS = 300;
/** An estimation that falls goes on falling while the change is made: as far as at the last two looks, and never by more than this. */
const DEEPEST_FALL = 0.4;
/** Of the estimation, what a video gets of it beside retransmissions and sound. */
const MEDIA_SHARE = 0.75;
const FULL_SHARE = 0.95;
/** The estimation of a path that is not used to the full grows to 1.5 times of what is sent, and no further. */
const ROOMY_FACTOR = 1.3;
/** A still picture sends so little that the estimation has nothing to grow on: then time must do. */
const FULL_WAIT_FACTOR = 4;
/** More that is taken back this soon was too much. */
const FAILED_WITHIN_MS = 10_000;

/** The steps for so many layers; only one where there is nothing to choose. */
export function uplinkSteps({ encodings, layerBitrates }: VideoPublishPlan, layers: number): UplinkStep[] {
  const wanted = Math.min(layers, layerBitrates.length);
  const steps = encodings.length > 1 ? STEPS[wanted] : undefined;
  if (!steps) return [{ smaller: Math.max(0, wanted - 1), shrink: 1, leastBps: 0, mostBps: Infinity }];
  return [...steps, SMALLEST].map((step, index) => {
    const beside = layerBitrates.slice(0, step.smaller).reduce((sum, bitrate) => sum + bitrate, 0);
    const largest = step.shrink === null ? 0 : shrunkBitrate(layerBitrates, wanted, step.shrink);
    const isSmallest = index >= steps.length - 1;
    return { ...step, leastBps: isSmallest ? 0 : beside + largest * LEAST_SHARE, mostBps: beside + largest };
  });
}

/** Of the largest wanted layer, made smaller: in bits a second. */
export function shrunkBitrate(layerBitrates: readonly number[], wanted: number, shrink: number): number {
  return Math.round(Math.max((layerBitrates[wanted - 1] ?? 0) / shrink ** 2, layerBitrates[0] ?? 0));
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
  if (!present || givenBps === 0 || atMs - before.changedAtMs < SETTLE_MS) return state;
  const fall = availableBps / before.availableBps;
  const carriedBps = carried(reading) * (fall < 1 ? Math.max(fall ** 2, DEEPEST_FALL) : 1);
  const stopped = reading.stopped && present.shrink !== null;
  const full = givenBps >= present.mostBps * FULL_SHARE;
  const roomy = full && availableBps >= givenToAllBps * ROOMY_FACTOR;
  state.tightSinceMs = stopped || carriedBps < present.leastBps ? (before.tightSinceMs ?? atMs) : null;
  state.fullSinceMs = full ? (before.fullSinceMs ?? atMs) : null;
  state.roomySinceMs = roomy ? (before.roomySinceMs ?? atMs) : null;
  if (state.tightSinceMs !== null) {
    if (!stopped && atMs - state.tightSinceMs < TIGHT_MS) return state;
    const step = Math.max(before.step + 1, stepFor(steps, carriedBps));
    // Where the smallest is sent it is better off without the largest than instead of it.
    return lowered(state, steps[step]?.leastBps === 0 && present.smaller > 0 ? steps.length - 1 : step, atMs);
  }
  const isLong = (sinceMs: number | null, waitMs: number) => sinceMs !== null && atMs - sinceMs >= waitMs;
  const mayRise =
    isLong(state.roomySinceMs, state.waitMs) || isLong(state.fullSinceMs, state.waitMs * FULL_WAIT_FACTOR);
  return mayRise && before.step > 0 ? changed(state, stepAbove(steps, before.step), atMs) : state;
}

/** The best that so much carries. */
export function stepFor(steps: readonly UplinkStep[], carriedBps: number): number {
  const index = steps.findIndex(({ leastBps }) => carriedBps >= leastBps);
  return index < 0 ? steps.length - 1 : index;
}

/** The next better one, which from the smallest alone is one that has it too: mediasoup goes over to a new stream only after 2 s. */
function stepAbove(steps: readonly UplinkStep[], step: number): number {
  const { smaller = 0 } = steps[step] ?? {};
  return steps.slice(0, step).findLastIndex((better) => better.smaller >= smaller);
}

/** What Chromium would have given to a stream that it has stopped goes unused. */
function carried({ givenBps, givenToAllBps, availableBps, stopped }: UplinkReading): number {
  if (!stopped) return givenBps;
  return Math.max(givenBps, availableBps * MEDIA_SHARE - (givenToAllBps - givenBps));
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
