import { ascending, quantile } from '../../lib/stats.ts';
import { escape } from '../escape.ts';
import { ecdf } from './ecdf.ts';
import { Plot } from './Plot.ts';

export interface Distribution {
  name: string;
  values: readonly number[];
}

/** Some values are far out; the chart ends where nearly all of them are. */
const SHOWN_SHARE = 0.995;

/** Several distributions in one frame. */
export function ecdfChart(
  distributions: readonly Distribution[],
  { unit, title }: { unit: string; title: string },
): string {
  const end = Math.max(...distributions.map(({ values }) => quantile(ascending(values), SHOWN_SHARE)));
  const plot = new Plot({
    xs: [...distributions.map(({ values }) => Math.min(...values)), end],
    ys: [0, 1],
    xLabel: unit,
    yLabel: 'share of all',
    formatY: (share) => `${Math.round(share * 100)} %`,
    title,
  });
  for (const [index, { values }] of distributions.entries()) {
    const shown = ecdf(values).filter(([value]) => value <= end);
    plot.line([[shown[0]?.[0] ?? 0, 0], ...shown], index + 1);
  }
  return plot.toString() + legend(distributions.map(({ name }) => name));
}

/** What the colours stand for. */
export function legend(names: readonly string[]): string {
  return `<p class="legend">${names.map((name, index) => `<span class="s${index + 1}">${escape(name)}</span>`).join('')}</p>`;
}
