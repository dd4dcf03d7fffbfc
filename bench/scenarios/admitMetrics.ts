import { single, summarize } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';

/** The stages of an admission in their order, each in milliseconds from the host's click. */
export const admitStages = ['entered', 'firstPacket', 'firstFrame', 'displayed'] as const;
export type AdmitStage = (typeof admitStages)[number];

/** One admission as it was measured. */
export type AdmitSample = {
  rttMs: number;
  failed: string | null;
  /** Until the host's page had its answer; no stage, since nothing waits for it. */
  answerMs: number | null;
  firstFrameWidth: number | null;
} & Record<`${AdmitStage}Ms`, number | null>;

/** What a guest sees counts as the time-out where it did not come: a failure must not make the others look better. */
const counted: readonly AdmitStage[] = ['firstFrame', 'displayed'];

export function admitMetrics(samples: readonly AdmitSample[]): Metrics {
  const metrics: Metrics = {};
  for (const [rttMs, admissions] of Map.groupBy(samples, (sample) => sample.rttMs)) {
    for (const stage of ['answer', ...admitStages] as const) {
      const values = admissions.flatMap((sample) => {
        const value = sample[`${stage}Ms`];
        if (stage !== 'answer' && counted.includes(stage)) return value ?? JOIN_TIMEOUT_MS;
        return value ?? [];
      });
      if (values.length > 0) metrics[`rtt${rttMs}.${stage}`] = summarize('ms', values);
    }
  }
  const widths = samples.flatMap(({ firstFrameWidth }) => firstFrameWidth ?? []);
  if (widths.length > 0) metrics.firstWidth = summarize('px', widths);
  const failures = samples.filter(({ failed }) => failed !== null).length;
  if (samples.length > 0) metrics.failures = single('admissions', failures, samples.length);
  return metrics;
}
