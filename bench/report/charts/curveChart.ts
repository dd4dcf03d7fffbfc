import { legend } from './ecdfChart.ts';
import { Plot } from './Plot.ts';

export interface Curve {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** One or more quantities against another. */
export function curveChart(
  curves: readonly Curve[],
  options: {
    xLabel: string;
    yLabel: string;
    title: string;
    formatY?: (value: number) => string;
    limit?: { value: number; label: string };
  },
): string {
  const { limit, ...labels } = options;
  const points = curves.flatMap((curve) => curve.points);
  const plot = new Plot({
    ...labels,
    xs: points.map(([x]) => x),
    ys: [...points.map(([, y]) => y), ...(limit ? [limit.value] : [])],
    xZero: true,
  });
  for (const [index, curve] of curves.entries()) plot.line(curve.points, index + 1).dots(curve.points, index + 1, 3);
  if (limit) plot.limitY(limit.value, limit.label);
  return plot.toString() + legend(curves.map(({ name }) => name));
}
