import { ascending, quantile } from './stats.ts';

export interface Histogram {
  /** Where the first bin begins. */
  start: number;
  binWidth: number;
  counts: number[];
}

const MAX_BINS = 60;

/**
 * Bins as wide as Freedman and Diaconis (1981) advise, twice the interquartile range over the cube root of the number of
 * values, rounded to 1, 2 or 5 of a power of ten so that the edges can be read.
 */
export function histogram(values: readonly number[]): Histogram {
  const sorted = ascending(values);
  const first = quantile(sorted, 0);
  const range = quantile(sorted, 1) - first;
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const advised = (2 * spread) / Math.cbrt(sorted.length);
  const binWidth = readable(Math.max(advised, range / MAX_BINS, Number.EPSILON * 1_000));
  const start = Math.floor(first / binWidth) * binWidth;
  const counts: number[] = [];
  for (const value of sorted) {
    const bin = Math.floor((value - start) / binWidth);
    while (counts.length <= bin) counts.push(0);
    counts[bin]!++;
  }
  return { start, binWidth, counts };
}

/** The next 1, 2 or 5 of a power of ten that is not smaller. */
export function readable(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10;
  return step * power;
}
