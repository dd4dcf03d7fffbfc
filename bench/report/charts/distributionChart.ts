import { histogram } from '../../lib/histogram.ts';
import { ecdf } from './ecdf.ts';
import { Plot } from './Plot.ts';

export interface Limit {
  value: number;
  label: string;
}

/** How values are spread: a histogram, and over it the share of values up to each. Both reach to the top. */
export function distributionChart(
  values: readonly number[],
  { unit, title, series = 1, limits = [] }: { unit: string; title: string; series?: number; limits?: readonly Limit[] },
): string {
  const { start, binWidth, counts } = histogram(values);
  const most = Math.max(...counts);
  const plot = new Plot({
    xs: [start, start + counts.length * binWidth, ...limits.map(({ value }) => value)],
    ys: [0, most],
    xLabel: unit,
    yLabel: 'count, and share of all',
    title,
  });
  for (const [index, count] of counts.entries()) {
    plot.bar(start + index * binWidth, start + (index + 1) * binWidth, count, series);
  }
  const top = plot.y.ticks.at(-1) ?? most;
  const curve = ecdf(values);
  plot.line([[curve[0]?.[0] ?? 0, 0], ...curve.map(([value, share]) => [value, share * top] as const)], series, 'over');
  for (const { value, label } of limits) plot.limitX(value, label);
  return plot.toString();
}
