import { single, summarize } from '../lib/stats.ts';
import { weakPeers } from '../options.ts';
import type { Metrics } from '../report/result.ts';
import { figuresOf, measures, type TastingSample, type WeakFigures } from './tastingFigures.ts';
import { conditionNames, isEvent, weakConditions, weakEnds, type WeakEnd } from './weakConditions.ts';

/** The growth of an element in a clean network. */
export type ResumeSample = {
  part: 'resume';
  index: number;
  failed: string | null;
  fromWidth: number;
  toWidth: number;
  /** From the growth to the first larger frame; null where none came in time. */
  afterMs: number | null;
};

export type WeakSample = TastingSample | ResumeSample;

/** What a growth counts as that no larger frame followed. */
export const GROWTH_TIMEOUT_MS = 5_000;

/** How Chaxi stands to peer to peer, by differences: under conditions that last, or of the return after an event. */
const comparisons = [
  { measure: 'fps', name: 'fpsOverP2p', events: false },
  { measure: 'frozen', name: 'frozenOverP2p', events: false },
  { measure: 'concealed', name: 'concealedOverP2p', events: false },
  { measure: 'videoBack', name: 'backOverP2p', events: true },
] as const;

/** `up.loss20.chaxi.fps` and the like; `up.loss20.fpsOverP2p`, and those of all conditions together, `up.fpsOverP2p`; `resume`. */
export function weakMetrics(samples: readonly WeakSample[]): Metrics {
  const metrics: Metrics = {};
  const tastings = samples.filter((sample) => sample.part === 'tasting');
  const growths = samples.filter((sample) => sample.part === 'resume' && sample.failed === null);
  for (const end of weakEnds) {
    for (const condition of conditionNames) {
      for (const peer of weakPeers) {
        const own = tastings.filter((one) => one.end === end && one.condition === condition && one.peer === peer);
        addFigures(metrics, `${end}.${condition}.${peer}`, own);
      }
    }
    addComparisons(metrics, end);
  }
  const afterMs = growths.map((growth) => (growth as ResumeSample).afterMs ?? GROWTH_TIMEOUT_MS);
  if (afterMs.length > 0) metrics.resume = summarize('ms', afterMs);
  const failed = samples.filter((sample) => sample.failed !== null);
  if (samples.length > 0) metrics.failures = single('', failed.length, samples.length);
  return metrics;
}

function addFigures(metrics: Metrics, name: string, samples: readonly TastingSample[]): void {
  const figures = samples.filter(({ failed }) => failed === null).map(figuresOf);
  for (const [key, { measure, unit }] of Object.entries(measures) as [
    keyof WeakFigures,
    { measure: string; unit: string },
  ][]) {
    const values = figures.flatMap((one) => (one[key] === null ? [] : [one[key]]));
    if (values.length > 0) metrics[`${name}.${measure}`] = summarize(unit, values);
  }
}

function addComparisons(metrics: Metrics, end: WeakEnd): void {
  for (const { measure, name, events } of comparisons) {
    const differences: number[] = [];
    let unit = '';
    for (const condition of conditionNames.filter((one) => isEvent(weakConditions[one]) === events)) {
      const ours = metrics[`${end}.${condition}.chaxi.${measure}`];
      const theirs = metrics[`${end}.${condition}.p2p.${measure}`];
      if (!ours || !theirs) continue;
      ({ unit } = ours);
      const difference = ours.p50 - theirs.p50;
      metrics[`${end}.${condition}.${name}`] = single(unit, difference, Math.min(ours.n, theirs.n));
      differences.push(difference);
    }
    if (differences.length > 0) metrics[`${end}.${name}`] = summarize(unit, differences);
  }
}
