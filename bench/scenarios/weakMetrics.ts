import { median, quantile, ascending, round, single, summarize } from '../lib/stats.ts';
import { weakPeers, type WeakPeer } from '../options.ts';
import type { Metrics } from '../report/result.ts';
import { audioBackMs, audioShares, framesPerSecond, frozenShare, videoBackMs, type Heard } from './continuity.ts';
import {
  conditionNames,
  isEvent,
  weakConditions,
  weakEnds,
  type ConditionName,
  type WeakEnd,
} from './weakConditions.ts';

/** One tasting under one condition. Times are milliseconds from when it set in, or from when the network was back or changed. */
export type WeakSample = {
  peer: WeakPeer;
  end: WeakEnd;
  condition: ConditionName;
  round: number;
  failed: string | null;
  /** The window that counts. */
  fromMs: number;
  toMs: number;
  /** New frames with a valid number, from before the window to its end. */
  frameMs: number[];
  frameWidths: number[];
  /** From the making of a frame to its decoding; -1 where that is not known any more. */
  frameAgesMs: number[];
  /** Readings of the audio receiver, and what was played between them. */
  audioMs: number[];
  audioSamples: number[];
  audioConcealed: number[];
  audioSilent: number[];
  /** What else was counted in the window. */
  sentBps: number;
  receivedBps: number;
  resentShare: number;
  audioReceivedBps: number;
  keyFrames: number;
  framesEncoded: number;
  nacks: number;
  plis: number;
  framesDropped: number;
  availableBps: number;
  relayLost: number;
  relayOverflowed: number;
};

/** What one sample says. */
export interface WeakFigures {
  fps: number;
  frozen: number;
  width: number | null;
  ageP95Ms: number | null;
  concealed: number;
  concealedSilent: number;
  /** Null where nothing had to come back. */
  videoBackMs: number | null;
  audioBackMs: number | null;
}

export function figuresOf(sample: WeakSample): WeakFigures {
  const { fromMs, toMs, frameMs, frameWidths, frameAgesMs, condition } = sample;
  const heard: Heard = {
    ...{ atMs: sample.audioMs, samples: sample.audioSamples },
    ...{ concealed: sample.audioConcealed, silent: sample.audioSilent },
  };
  const inWindow = (_: number, index: number) => frameMs[index]! >= fromMs && frameMs[index]! < toMs;
  const widths = frameWidths.filter(inWindow);
  const ages = frameAgesMs.filter(inWindow).filter((age) => age >= 0);
  const { concealed, silent } = audioShares(heard, fromMs, toMs);
  const returns = isEvent(weakConditions[condition]);
  return {
    fps: framesPerSecond(frameMs, fromMs, toMs),
    frozen: frozenShare(frameMs, fromMs, toMs),
    width: widths.length > 0 ? median(widths) : null,
    ageP95Ms: ages.length > 0 ? quantile(ascending(ages), 0.95) : null,
    concealed,
    concealedSilent: silent,
    videoBackMs: returns ? videoBackMs(frameMs, fromMs, toMs) : null,
    audioBackMs: returns ? audioBackMs(heard, fromMs, toMs) : null,
  };
}

/** What of the figures becomes a metric, under which name and unit. */
const measures = {
  fps: ['fps', 'frames/s'],
  frozen: ['frozen', 'share'],
  width: ['width', 'px'],
  ageP95Ms: ['ageP95', 'ms'],
  concealed: ['concealed', 'share'],
  concealedSilent: ['concealedSilent', 'share'],
  videoBackMs: ['videoBack', 'ms'],
  audioBackMs: ['audioBack', 'ms'],
} as const satisfies Record<keyof WeakFigures, readonly [string, string]>;

/** `up.loss20.chaxi.fps` and the like, and how Chaxi stands to peer to peer: `up.loss20.fpsOverP2p`, and over all conditions `up.fpsOverP2p`. */
export function weakMetrics(samples: readonly WeakSample[]): Metrics {
  const metrics: Metrics = {};
  for (const end of weakEnds) {
    const over = { fpsOverP2p: [] as number[], frozenOverP2p: [] as number[], concealedOverP2p: [] as number[] };
    const backOver: number[] = [];
    for (const condition of conditionNames) {
      for (const peer of weakPeers) {
        const own = samples.filter((one) => one.end === end && one.condition === condition && one.peer === peer);
        addFigures(metrics, `${end}.${condition}.${peer}`, own);
      }
      const pair = (name: string) => {
        const [ours, theirs] = (['chaxi', 'p2p'] as const).map(
          (peer) => metrics[`${end}.${condition}.${peer}.${name}`],
        );
        return ours && theirs ? { ours: ours.p50, theirs: theirs.p50, n: Math.min(ours.n, theirs.n) } : null;
      };
      const add = (name: keyof typeof over, value: number, unit: string, n: number) => {
        metrics[`${end}.${condition}.${name}`] = single(unit, value, n);
        over[name].push(value);
      };
      const [fps, frozen, concealed, back] = ['fps', 'frozen', 'concealed', 'videoBack'].map(pair);
      if (back) {
        metrics[`${end}.${condition}.backOverP2p`] = single('ms', back.ours - back.theirs, back.n);
        backOver.push(back.ours - back.theirs);
        continue;
      }
      if (fps) add('fpsOverP2p', fps.ours - fps.theirs, 'frames/s', fps.n);
      if (frozen) add('frozenOverP2p', frozen.ours - frozen.theirs, 'share', frozen.n);
      if (concealed) add('concealedOverP2p', concealed.ours - concealed.theirs, 'share', concealed.n);
    }
    for (const [name, unit] of [
      ['fpsOverP2p', 'frames/s'],
      ['frozenOverP2p', 'share'],
      ['concealedOverP2p', 'share'],
    ] as const) {
      if (over[name].length > 0) metrics[`${end}.${name}`] = summarize(unit, over[name]);
    }
    if (backOver.length > 0) metrics[`${end}.backOverP2p`] = summarize('ms', backOver);
  }
  metrics.failures = single('', samples.filter(({ failed }) => failed !== null).length, samples.length);
  return metrics;
}

function addFigures(metrics: Metrics, name: string, samples: readonly WeakSample[]): void {
  const figures = samples.filter(({ failed }) => failed === null).map(figuresOf);
  for (const [key, [measure, unit]] of Object.entries(measures) as [keyof WeakFigures, readonly [string, string]][]) {
    const values = figures.flatMap((one) => (one[key] === null ? [] : [round(one[key])]));
    if (values.length > 0) metrics[`${name}.${measure}`] = summarize(unit, values);
  }
}
