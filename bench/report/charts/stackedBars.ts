import { escape } from '../escape.ts';
import { formatNumber } from '../formatNumber.ts';
import { linearAxis } from './Axis.ts';
import { legend } from './ecdfChart.ts';

export interface StackedBar {
  name: string;
  /** One after another, in the order of the parts. */
  parts: readonly number[];
}

const WIDTH = 420;
const LABEL_WIDTH = 92;
const RIGHT = 40;
const ROW = 22;
const BOTTOM = 30;

/** How a whole is made of parts, a bar for each. */
export function stackedBars(
  bars: readonly StackedBar[],
  { parts, unit, title }: { parts: readonly string[]; unit: string; title: string },
): string {
  const totals = bars.map((bar) => bar.parts.reduce((sum, part) => sum + part, 0));
  const axis = linearAxis(totals, { from: LABEL_WIDTH, to: WIDTH - RIGHT, zero: true });
  const height = bars.length * ROW + BOTTOM;
  const ticks = axis.ticks.map((tick) => {
    const x = axis.place(tick).toFixed(1);
    return `<path class="grid" d="M${x} 0V${height - BOTTOM + 4}"/><text x="${x}" y="${height - BOTTOM + 16}" text-anchor="middle">${formatNumber(tick)}</text>`;
  });
  const rows = bars.map((bar, row) => {
    let from = 0;
    const rects = bar.parts.map((part, index) => {
      const [left, right] = [axis.place(from), axis.place(from + part)];
      from += part;
      const text = `${parts[index]}: ${formatNumber(part)} ${unit}`;
      return `<rect class="bar solid s${index + 1}" x="${left.toFixed(1)}" y="${row * ROW + 3}" width="${Math.max(0, right - left).toFixed(1)}" height="${ROW - 6}"><title>${escape(text)}</title></rect>`;
    });
    const middle = row * ROW + ROW / 2 + 3.5;
    return `<text x="${LABEL_WIDTH - 6}" y="${middle}" text-anchor="end">${escape(bar.name)}</text>${rects.join('')}<text class="value" x="${(axis.place(from) + 5).toFixed(1)}" y="${middle}">${formatNumber(from)}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">${ticks.join('')}${rows.join('')}<text class="label" x="${WIDTH}" y="${height - 2}" text-anchor="end">${escape(unit)}</text></svg>${legend(parts)}`;
}
