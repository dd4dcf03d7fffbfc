import { readable } from '../../lib/histogram.ts';

/** From values to places on one side of a chart. */
export interface Axis {
  ticks: number[];
  place(value: number): number;
}

const WANTED_TICKS = 5;

/** A linear axis whose ends and ticks are round numbers. `from` and `to` are the places of its ends. */
export function linearAxis(
  values: readonly number[],
  { from, to, zero }: { from: number; to: number; zero: boolean },
): Axis {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...(zero ? [0] : []), ...finite);
  const high = Math.max(...finite, low + Number.EPSILON * 1_000);
  const step = readable((high - low || 1) / WANTED_TICKS);
  const start = Math.floor(low / step + 1e-9) * step;
  const end = Math.ceil(high / step - 1e-9) * step;
  const count = Math.max(1, Math.round((end - start) / step));
  return {
    ticks: Array.from({ length: count + 1 }, (_, index) => start + index * step),
    place: (value) => from + ((value - start) / (count * step)) * (to - from),
  };
}
