import type { StormJoin } from '../../clients/stormJoin.ts';
import { card } from '../card.ts';
import { distributionChart } from '../charts/distributionChart.ts';
import { Plot } from '../charts/Plot.ts';
import type { Result } from '../result.ts';
import { limitsOf } from './limitsOf.ts';

export function stormSection(result: Result): string[] {
  const joins = result.samples as StormJoin[];
  const values = joins.flatMap(({ firstFrameMs }) => firstFrameMs ?? []);
  if (values.length === 0) return [];
  const plot = new Plot({
    xs: joins.map((_, index) => index),
    ys: values,
    xLabel: 'join, in the order in which they began',
    yLabel: 'ms to the first key frame',
    xZero: true,
    title: 'Joins of the storm one by one',
  });
  plot.dots(
    joins.flatMap(({ firstFrameMs }, index) => (firstFrameMs === null ? [] : [[index, firstFrameMs] as const])),
    1,
  );
  return [
    card(
      'Joins of the storm',
      distributionChart(values, {
        unit: 'ms to the first complete key frame',
        title: 'Distribution of the joins',
        limits: limitsOf(result, 'firstFrame'),
      }),
    ),
    card('One by one', plot.toString()),
  ];
}
