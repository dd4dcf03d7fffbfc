import { escape } from '../escape.ts';
import { formatQuantity } from '../formatNumber.ts';
import { linearAxis } from './Axis.ts';
import { legend } from './ecdfChart.ts';

export interface DotRow {
  name: string;
  /** One for each series; null where it was not measured. */
  values: readonly (number | null)[];
  /** What the first series has to reach or not to pass. */
  limit?: number;
}

const WIDTH = 420;
const LABEL_WIDTH = 128;
const RIGHT = 18;
const TOP = 6;
const LANE = 9;
const GAP = 9;
const BOTTOM = 32;

/** A dot for each series, in rows, with a mark at the row's limit. */
export function dotRows(
  rows: readonly DotRow[],
  { series, unit, title }: { series: readonly string[]; unit: string; title: string },
): string {
  const rowHeight = series.length * LANE + GAP;
  const values = rows.flatMap((row) => [...row.values, row.limit ?? null]).filter((value) => value !== null);
  const axis = linearAxis(values, { from: LABEL_WIDTH, to: WIDTH - RIGHT, zero: true });
  const bottom = TOP + rows.length * rowHeight;
  const ticks = axis.ticks.map((tick) => {
    const x = axis.place(tick).toFixed(1);
    return `<path class="grid" d="M${x} ${TOP}V${bottom}"/><text x="${x}" y="${bottom + 14}" text-anchor="middle">${escape(formatQuantity(tick, unit === 'share' ? unit : ''))}</text>`;
  });
  const shapes = rows.map(({ name, values: own, limit }, row) => {
    const top = TOP + row * rowHeight;
    const dots = own.map((value, index) => {
      if (value === null) return '';
      const y = (top + GAP / 2 + LANE * (index + 0.5)).toFixed(1);
      const x = axis.place(value).toFixed(1);
      const text = `${name}, ${series[index]}: ${formatQuantity(value, unit)}`;
      return `<g class="s${index + 1}"><title>${escape(text)}</title><path class="line over s${index + 1}" d="M${LABEL_WIDTH} ${y}H${x}"/><circle class="bar solid s${index + 1}" cx="${x}" cy="${y}" r="3.5"/></g>`;
    });
    const mark =
      limit === undefined
        ? ''
        : `<path class="limit" d="M${axis.place(limit).toFixed(1)} ${top + 2}v${rowHeight - 4}"><title>${escape(`limit ${formatQuantity(limit, unit)}`)}</title></path>`;
    const middle = (top + rowHeight / 2 + 3.5).toFixed(1);
    return `<text x="${LABEL_WIDTH - 8}" y="${middle}" text-anchor="end">${escape(name)}</text>${dots.join('')}${mark}`;
  });
  const label = unit === 'share' ? 'share of the time' : unit;
  return `<svg viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" role="img" aria-label="${escape(title)}">${ticks.join('')}${shapes.join('')}<text class="label" x="${WIDTH}" y="${bottom + BOTTOM - 3}" text-anchor="end">${escape(label)}</text></svg>${legend(series)}`;
}
