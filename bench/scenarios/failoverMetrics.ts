import { single, summarize, type Summary } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';

/** How a node ends: SIGKILL, `npx chaxi drain`, SIGTERM. */
export const endings = ['kill', 'drain', 'stop'] as const;
export type Ending = (typeof endings)[number];
/** Where the two of a call are: both on the node that ends, or one of them elsewhere. */
export const places = ['together', 'apart'] as const;
export type Place = (typeof places)[number];
/** How Redis goes: it hangs and goes on, or it is killed and comes back empty. */
export const losses = ['frozen', 'lost'] as const;
export type Loss = (typeof losses)[number];

/** A node is missed after three heartbeats of half a second; who is back sooner need not be shown as `reconnecting`. */
const UNTOLD_MS = 2_000;

/** Whoever is not back after this time counts with it. */
export const BACK_TIMEOUT_MS = 15_000;

/** What one of two people saw and heard of the other; times are milliseconds from when it happened. */
type Viewed = {
  viewer: string;
  failed: string | null;
  /** Decoded frames with a valid number, and when each was made. */
  frameMs: number[];
  frameMadeMs: number[];
  /** When sound was played that had really come. */
  soundMs: number[];
  /** The end of what was looked at. */
  untilMs: number;
};

/** A node has ended. */
export type MoveSample = Viewed & {
  part: Ending;
  place: Place;
  round: number;
  /** The viewer was on the node that ended. */
  moved: boolean;
  /** When it was told that the other one is `reconnecting`, that the session of before is over, and that there is a new one; null where it was not. */
  toldMs: number | null;
  goneMs: number | null;
  returnedMs: number | null;
  /** What else its room told it. */
  story: string;
};

/** A call while Redis was away. */
export type AwaySample = Viewed & { part: 'away'; loss: Loss };

/** Somebody who asked for something while Redis was away. */
export type AskedSample = {
  part: 'asked';
  loss: Loss;
  /** `own`: to be let into a room by the node that has it; the others need Redis: by another node, into a new room, REST. */
  kind: 'own' | 'elsewhere' | 'fresh' | 'rest';
  /** When, after Redis had gone. */
  atMs: number;
  /** `welcome`, or the code of the error, or what else went wrong. */
  answer: string;
  afterMs: number;
};

/** Redis is back: how long until all nodes knew all nodes and all rooms, and took people in everywhere. */
export type ConvergedSample = { part: 'converged'; loss: Loss; failed: string | null; afterMs: number };

/** Media did not pass between two nodes; times are milliseconds from when it passed again. */
export type PartedSample = Viewed & {
  part: 'parted';
  round: number;
  /** The viewer watches someone on the other node. */
  across: boolean;
};

export type FailoverSample = MoveSample | AwaySample | AskedSample | ConvergedSample | PartedSample;

/**
 * `kill.back` and `kill.apart.back` (to the first frame that was made afterwards), `kill.apart.told`, `drain.soundGap`, `away.frozen.pictureGap`,
 * `away.frozen.own`, `away.frozen.unexplained`, `away.frozen.converged`, `parted.own.soundGap`, `parted.across.back` and the like.
 */
export function failoverMetrics(samples: readonly FailoverSample[]): Metrics {
  const metrics: Metrics = {};
  for (const ending of endings) {
    const moves = samples.filter((sample): sample is MoveSample => sample.part === ending);
    addMoves(metrics, ending, moves);
    for (const place of places) {
      addMoves(
        metrics,
        `${ending}.${place}`,
        moves.filter((move) => move.place === place),
      );
    }
    addTold(
      metrics,
      ending,
      moves.filter(({ moved }) => !moved),
    );
  }
  for (const loss of losses) addLoss(metrics, loss, samples);
  addParted(
    metrics,
    samples.filter((sample) => sample.part === 'parted'),
  );
  const failed = samples.filter((sample) => 'failed' in sample && sample.failed !== null);
  if (samples.length > 0) metrics.failures = single('', failed.length, samples.length);
  return metrics;
}

/** To the first frame that was made after the moment, and so has not come by what ended then. */
export function backMs({ frameMs, frameMadeMs }: Pick<Viewed, 'frameMs' | 'frameMadeMs'>): number {
  return frameMs[frameMadeMs.findIndex((madeMs) => madeMs > 0)] ?? BACK_TIMEOUT_MS;
}

/** The longest time without any of these moments until the end; all of it where there are none. */
export function longestGapMs(moments: readonly number[], untilMs: number): number {
  const [first = 0, ...rest] = [...moments, untilMs];
  const gaps = rest.map((atMs, index) => atMs - [first, ...rest][index]!);
  return moments.length === 0 ? untilMs : Math.max(0, ...gaps);
}

function addMoves(metrics: Metrics, name: string, moves: readonly MoveSample[]): void {
  if (moves.length === 0) return;
  // A drain begins when the command line has reached its node, which is not seen from here.
  if (!name.startsWith('drain')) metrics[`${name}.back`] = summarize('ms', moves.map(backMs));
  metrics[`${name}.pictureGap`] = gapsOf(moves, 'frameMs');
  metrics[`${name}.soundGap`] = gapsOf(moves, 'soundMs');
}

/** Of those who were elsewhere: whether and when they saw that the other one is coming back, and that it came once. */
function addTold(metrics: Metrics, ending: Ending, moves: readonly MoveSample[]): void {
  if (moves.length === 0) return;
  const told = moves.flatMap(({ toldMs }) => toldMs ?? []);
  const returned = moves.flatMap(({ returnedMs }) => returnedMs ?? []);
  if (told.length > 0) metrics[`${ending}.apart.told`] = summarize('ms', told);
  if (returned.length > 0) metrics[`${ending}.apart.returned`] = summarize('ms', returned);
  const untold = moves.filter(
    ({ toldMs, returnedMs }) => Math.min(toldMs ?? Infinity, returnedMs ?? Infinity) > UNTOLD_MS,
  );
  const doubled = moves.filter(({ goneMs, returnedMs }) => returnedMs !== null && (goneMs ?? Infinity) > returnedMs);
  metrics[`${ending}.apart.untold`] = single('', untold.length, moves.length);
  metrics[`${ending}.apart.doubled`] = single('', doubled.length, moves.length);
}

function addLoss(metrics: Metrics, loss: Loss, samples: readonly FailoverSample[]): void {
  const calls = samples.filter((sample): sample is AwaySample => sample.part === 'away' && sample.loss === loss);
  if (calls.length > 0) {
    metrics[`away.${loss}.pictureGap`] = gapsOf(calls, 'frameMs');
    metrics[`away.${loss}.soundGap`] = gapsOf(calls, 'soundMs');
  }
  const asked = samples.filter((sample): sample is AskedSample => sample.part === 'asked' && sample.loss === loss);
  const own = asked.filter(({ kind }) => kind === 'own');
  const others = asked.filter(({ kind }) => kind !== 'own');
  if (own.length > 0) {
    const refused = own.filter(({ answer }) => answer !== 'welcome');
    metrics[`away.${loss}.own`] = summarizeTimes(own);
    metrics[`away.${loss}.ownRefused`] = single('joins', refused.length, own.length);
  }
  if (others.length > 0) {
    const unexplained = others.filter(({ answer }) => answer !== 'welcome' && answer !== 'clusterUnavailable');
    metrics[`away.${loss}.explained`] = summarizeTimes(others);
    metrics[`away.${loss}.unexplained`] = single('', unexplained.length, others.length);
  }
  const converged = samples.filter((sample) => sample.part === 'converged' && sample.loss === loss);
  if (converged.length > 0) metrics[`away.${loss}.converged`] = summarizeTimes(converged as ConvergedSample[]);
}

function addParted(metrics: Metrics, samples: readonly PartedSample[]): void {
  const own = samples.filter(({ across }) => !across);
  const across = samples.filter((sample) => sample.across);
  if (own.length > 0) {
    metrics['parted.own.pictureGap'] = gapsOf(own, 'frameMs');
    metrics['parted.own.soundGap'] = gapsOf(own, 'soundMs');
  }
  if (across.length === 0) return;
  metrics['parted.across.back'] = summarize('ms', across.map(backMs));
  metrics['parted.across.soundBack'] = summarize(
    'ms',
    across.map(({ soundMs }) => soundMs.find((atMs) => atMs > 0) ?? BACK_TIMEOUT_MS),
  );
}

function gapsOf(viewed: readonly Viewed[], what: 'frameMs' | 'soundMs'): Summary {
  return summarize(
    'ms',
    viewed.map((one) => longestGapMs(one[what], one.untilMs)),
  );
}

function summarizeTimes(samples: readonly { afterMs: number }[]): Summary {
  return summarize(
    'ms',
    samples.map(({ afterMs }) => afterMs),
  );
}
