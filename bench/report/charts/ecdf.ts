import { ascending } from '../../lib/stats.ts';

/** Points of a curve are enough for the eye, however many values there are. */
const MAX_POINTS = 400;

/** The share of values up to each value: steps, thinned where there are many. */
export function ecdf(values: readonly number[]): [value: number, share: number][] {
  const sorted = ascending(values);
  const every = Math.max(1, Math.ceil(sorted.length / MAX_POINTS));
  const points: [number, number][] = [];
  for (const [index, value] of sorted.entries()) {
    const last = index === sorted.length - 1;
    if (index % every === 0 || last) points.push([value, (index + 1) / sorted.length]);
  }
  return points;
}
