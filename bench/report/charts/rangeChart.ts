import { escape } from '../escape.ts';
import { formatNumber } from '../formatNumber.ts';
import { linearAxis } from './Axis.ts';
import { legend } from './ecdfChart.ts';

/** Mean and largest value of a series in a row; null where it was not measured. */
export type Range = { mean: number; max: number } | null;

export interface RangeRow {
  name: string;
  /** One for each series. */
  ranges: readonly Range[];
}

const WIDTH = 420;
const LABEL_WIDTH = 118;
const RIGHT = 16;
const TOP = 14;
const LANE = 11;
const GAP = 8;
const BOTTOM = 30;

/** A dot for the mean of each series and a line from it to its largest value, in rows. */
export function rangeChart(
  rows: readonly RangeRow[],
  { series, unit, title, limit }: { series: readonly string[]; unit: string; title: string; limit: number },
): string {
  const rowHeight = series.length * LANE + GAP;
  const values = rows.flatMap(({ ranges }) => ranges.flatMap((range) => (range ? [range.max] : [])));
  const axis = linearAxis([...values, limit], { from: LABEL_WIDTH, to: WIDTH - RIGHT, zero: true });
  const bottom = TOP + rows.length * rowHeight;
  const ticks = axis.ticks.map((tick) => {
    const x = axis.place(tick).toFixed(1);
    return `<path class="grid" d="M${x} ${TOP}V${bottom}"/><text x="${x}" y="${bottom + 14}" text-anchor="middle">${formatNumber(tick)}</text>`;
  });
  const lines = rows.map(({ name, ranges }, row) => {
    const top = TOP + row * rowHeight;
    const lanes = ranges.map((range, index) => {
      if (!range) return '';
      const y = (top + GAP / 2 + LANE * (index + 0.5)).toFixed(1);
      const [mean, max] = [axis.place(range.mean).toFixed(1), axis.place(range.max).toFixed(1)];
      const text = `${name}, ${series[index]}: mean ${formatNumber(range.mean)}, largest ${formatNumber(range.max)}`;
      return `<g class="s${index + 1}"><title>${escape(text)}</title><path class="line s${index + 1}" d="M${mean} ${y}H${max}"/><circle class="bar solid s${index + 1}" cx="${mean}" cy="${y}" r="4"/></g>`;
    });
    const middle = (top + rowHeight / 2 + 3.5).toFixed(1);
    return `<text x="${LABEL_WIDTH - 8}" y="${middle}" text-anchor="end">${escape(name)}</text>${lanes.join('')}`;
  });
  const x = axis.place(limit).toFixed(1);
  const bar = `<path class="limit" d="M${x} ${TOP}V${bottom}"/><text class="limit" x="${x}" y="${TOP - 4}" text-anchor="middle">mean</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" role="img" aria-label="${escape(title)}">${ticks.join('')}${lines.join('')}${bar}<text class="label" x="${WIDTH}" y="${bottom + BOTTOM - 2}" text-anchor="end">${escape(unit)}</text></svg>${legend(series)}`;
}
