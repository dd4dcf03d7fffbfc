import { fitLine } from '../lib/fitLine.ts';
import { single, summarize } from '../lib/stats.ts';
import type { JoinStart } from '../../protocol/signaling.ts';
import type { Metrics } from '../report/result.ts';
import { JOIN_TIMEOUT_MS, joinTime } from './joinTime.ts';

/** The stages of a join in their order, each in milliseconds from the click. */
export const joinStages = ['socket', 'answer', 'ice', 'dtls', 'firstPacket', 'firstFrame', 'displayed'] as const;
export type JoinStage = (typeof joinStages)[number];

/** One join as it was measured. */
export type JoinSample = {
  /** Which part of the scenario: starts and round trip times, people in the room, the picture. */
  part: 'start' | 'people' | 'picture';
  start: JoinStart;
  rttMs: number;
  people: number;
  failed: string | null;
  firstFrameWidth: number | null;
  fullSizeMs: number | null;
  /** Of joins into a room with people: when everyone's picture was there. */
  allVideosMs: number | null;
} & Record<`${JoinStage}Ms`, number | null>;

/** Everything that a set of joins tells. */
export function joinMetrics(samples: readonly JoinSample[]): Metrics {
  const metrics: Metrics = {};
  const group = (key: (sample: JoinSample) => string) => Map.groupBy(samples, key);
  const byKind = group(({ part, start, rttMs, people }) => {
    if (part === 'start') return `${start}.rtt${rttMs}`;
    return part === 'people' ? `people${people}` : 'picture';
  });
  for (const [kind, joins] of byKind) {
    for (const stage of joinStages) {
      const values = joins.flatMap((join) => timeOf(join, stage) ?? []);
      if (values.length > 0) metrics[`${kind}.${stage}`] = summarize('ms', values);
    }
    if (joins[0]?.part === 'people') {
      metrics[`${kind}.allVideos`] = summarize(
        'ms',
        joins.map(({ allVideosMs }) => allVideosMs ?? JOIN_TIMEOUT_MS),
      );
    }
  }
  for (const [start, joins] of Map.groupBy(
    samples.filter(({ part }) => part === 'start'),
    (sample) => sample.start,
  )) {
    const line = fitLine(joins.map((join) => ({ x: join.rttMs, y: timeOf(join, 'firstFrame') ?? 0 })));
    if (!line) continue;
    metrics[`${start}.slope`] = single('RTT', line.slope, joins.length);
    metrics[`${start}.intercept`] = single('ms', line.intercept, joins.length);
    metrics[`${start}.r2`] = single('', line.r2, joins.length);
  }
  addRatios(metrics);
  const widths = samples.flatMap(({ firstFrameWidth }) => firstFrameWidth ?? []);
  if (widths.length > 0) metrics.firstWidth = summarize('px', widths);
  const pictures = samples.filter(({ part }) => part === 'picture');
  const fullSizes = pictures.map(({ fullSizeMs }) => fullSizeMs ?? JOIN_TIMEOUT_MS);
  if (fullSizes.length > 0) metrics['picture.fullSize'] = summarize('ms', fullSizes);
  const failures = samples.filter(({ failed }) => failed !== null).length;
  if (samples.length > 0) metrics.failures = single('joins', failures, samples.length);
  return metrics;
}

function timeOf(join: JoinSample, stage: JoinStage): number | null {
  return stage === 'firstFrame' ? joinTime(join) : join[`${stage}Ms`];
}

/** How much longer a join takes with more people in the room. */
function addRatios(metrics: Metrics): void {
  const alone = metrics['people1.firstFrame'];
  if (!alone) return;
  for (const [name, metric] of Object.entries(metrics)) {
    const people = /^people(\d+)\.firstFrame$/.exec(name)?.[1];
    if (!people || people === '1') continue;
    const n = Math.min(metric.n, alone.n);
    metrics[`people${people}.ratioP50`] = single('', metric.p50 / alone.p50, n);
    metrics[`people${people}.ratioP95`] = single('', metric.p95 / alone.p95, n);
  }
}
