import type { Limit } from '../charts/distributionChart.ts';
import type { Result } from '../result.ts';

/** A limit that is far from what was seen would only squeeze the chart. */
const FAR = 2;

/** The upper limits that the verdicts put on a metric, for a chart of it. */
export function limitsOf({ verdicts, metrics }: Result, metric: string): Limit[] {
  const seen = metrics[metric]?.max ?? 0;
  return verdicts
    .filter(({ rule }) => rule.metric === metric && rule.op.startsWith('<') && rule.limit < seen * FAR)
    .map(({ rule }) => ({ value: rule.limit, label: rule.statistic }));
}
