import { single, summarize } from '../lib/stats.ts';
import type { Size } from '../options.ts';
import type { Metrics } from '../report/result.ts';

/** One window of one way that frames took. */
export type LatencySample = {
  size: string;
  through: string;
  round: number;
  decodedMs: number[];
  displayedMs: number[];
  framesMade: number;
  /** Of the last frame. */
  width: number;
  bitrateBps: number;
};

export function sizeName({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** The latency of each way, and of the first over the second. */
export function latencyMetrics(samples: readonly LatencySample[], [first, second]: readonly [string, string]): Metrics {
  const metrics: Metrics = {};
  for (const [size, windows] of Map.groupBy(samples, (sample) => sample.size)) {
    for (const [through, own] of Map.groupBy(windows, (sample) => sample.through)) {
      for (const end of ['decoded', 'displayed'] as const) {
        const values = own.flatMap((sample) => sample[`${end}Ms`]);
        if (values.length > 0) metrics[`${size}.${through}.${end}`] = summarize('ms', values);
      }
      metrics[`${size}.${through}.bitrate`] = summarize(
        'bps',
        own.map(({ bitrateBps }) => bitrateBps),
      );
      const made = own.reduce((sum, { framesMade }) => sum + framesMade, 0);
      const decoded = own.reduce((sum, { decodedMs }) => sum + decodedMs.length, 0);
      metrics[`${size}.${through}.framesDecoded`] = single('share', decoded / made, made);
    }
    const [frames, floorFrames] = [first, second].map((through) => metrics[`${size}.${through}.framesDecoded`]);
    if (frames && floorFrames && floorFrames.p50 > 0) {
      const n = Math.min(frames.n, floorFrames.n);
      metrics[`${size}.framesDecodedRatio`] = single('', frames.p50 / floorFrames.p50, n);
    }
    for (const end of ['decoded', 'displayed']) {
      const [one, other] = [metrics[`${size}.${first}.${end}`], metrics[`${size}.${second}.${end}`]];
      if (!one || !other) continue;
      const n = Math.min(one.n, other.n);
      metrics[`${size}.${end}.overFloorP50`] = single('ms', one.p50 - other.p50, n);
      metrics[`${size}.${end}.overFloorP95`] = single('ms', one.p95 - other.p95, n);
    }
  }
  return metrics;
}
