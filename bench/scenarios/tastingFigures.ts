import { ascending, median, quantile } from '../lib/stats.ts';
import type { WeakPeer } from '../options.ts';
import { audioBackMs, audioShares, framesPerSecond, frozenShare, videoBackMs, type Heard } from './continuity.ts';
import { isEvent, weakConditions, type ConditionName, type WeakEnd } from './weakConditions.ts';

/** One tasting under one condition. Times are milliseconds from when it set in, or from when the network was back or changed. */
export type TastingSample = {
  part: 'tasting';
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
  /** As `frozen`, from when the condition set in to the window; null of an event. */
  frozenAtFirst: number | null;
  width: number | null;
  ageP95Ms: number | null;
  concealed: number;
  concealedSilent: number;
  /** Null where nothing had to come back. */
  videoBackMs: number | null;
  audioBackMs: number | null;
}

export function figuresOf(sample: TastingSample): WeakFigures {
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
    frozenAtFirst: fromMs > 0 ? frozenShare(frameMs, 0, fromMs) : null,
    width: widths.length > 0 ? median(widths) : null,
    ageP95Ms: ages.length > 0 ? quantile(ascending(ages), 0.95) : null,
    concealed,
    concealedSilent: silent,
    videoBackMs: returns ? videoBackMs(frameMs, fromMs, toMs) : null,
    audioBackMs: returns ? audioBackMs(heard, fromMs, toMs) : null,
  };
}

/** What of the figures becomes a metric, under which name and unit. */
export const measures = {
  fps: { measure: 'fps', unit: 'frames/s' },
  frozen: { measure: 'frozen', unit: 'share' },
  frozenAtFirst: { measure: 'frozenAtFirst', unit: 'share' },
  width: { measure: 'width', unit: 'px' },
  ageP95Ms: { measure: 'ageP95', unit: 'ms' },
  concealed: { measure: 'concealed', unit: 'share' },
  concealedSilent: { measure: 'concealedSilent', unit: 'share' },
  videoBackMs: { measure: 'videoBack', unit: 'ms' },
  audioBackMs: { measure: 'audioBack', unit: 'ms' },
} as const satisfies Record<keyof WeakFigures, { measure: string; unit: string }>;

/** A line for whoever watches the run. */
export function describeTasting(sample: TastingSample): string {
  const name = `${sample.end} ${sample.condition} ${sample.peer}:`;
  if (sample.failed !== null) return `${name} failed: ${sample.failed}`;
  const { fps, frozen, width, ageP95Ms, concealed, videoBackMs, audioBackMs } = figuresOf(sample);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const ms = (value: number | null) => (value === null ? '–' : `${Math.round(value)} ms`);
  return [
    `${name} ${fps.toFixed(1)} frames/s`,
    `${percent(frozen)} frozen`,
    `${width ?? '–'} wide`,
    `age p95 ${ms(ageP95Ms)}`,
    `sound ${percent(concealed)} made up`,
    ...(videoBackMs === null ? [] : [`back after ${ms(videoBackMs)}, sound ${ms(audioBackMs)}`]),
  ].join(', ');
}
