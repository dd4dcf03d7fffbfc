import { fitLine, type Point } from '../../lib/fitLine.ts';
import { formatNumber } from '../formatNumber.ts';
import { legend } from './ecdfChart.ts';
import { Plot } from './Plot.ts';

export interface Cloud {
  name: string;
  points: readonly Point[];
}

/** Places of points on one x beside each other, so that they do not hide each other. */
const SPREAD = 0.012;

/** Points, and the line of least squares through those of each series. */
export function fitChart(
  clouds: readonly Cloud[],
  { xLabel, yLabel, title, slopeUnit }: { xLabel: string; yLabel: string; title: string; slopeUnit: string },
): string {
  const all = clouds.flatMap(({ points }) => points);
  const range = Math.max(...all.map(({ x }) => x));
  const plot = new Plot({ xs: all.map(({ x }) => x), ys: all.map(({ y }) => y), xLabel, yLabel, title, xZero: true });
  const names = clouds.map(({ name, points }, index) => {
    const shift = (index - (clouds.length - 1) / 2) * SPREAD * range;
    plot.dots(
      points.map(({ x, y }) => [Math.max(0, x + shift), y] as const),
      index + 1,
    );
    const line = fitLine(points);
    if (!line) return name;
    plot.line(
      [
        [0, line.intercept],
        [range, line.intercept + line.slope * range],
      ],
      index + 1,
    );
    const [a, b, r2] = [line.intercept, line.slope, line.r2].map(formatNumber);
    return `${name}: ${a} ms + ${b} ${slopeUnit}, R² ${r2}`;
  });
  return plot.toString() + legend(names);
}
