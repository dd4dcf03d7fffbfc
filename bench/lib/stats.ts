/** The figures that stand for a set of values in a result. */
export interface Summary {
  unit: string;
  n: number;
  min: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/**
 * The value below which a share of the values lies, 0 to 1, by linear interpolation between the two nearest ranks (the
 * seventh method of Hyndman and Fan 1996, the one of NumPy and of R). `sorted` ascends and is not empty.
 */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const value = sorted[below];
  if (value === undefined) throw new TypeError('a quantile needs at least one value');
  const above = sorted[below + 1] ?? value;
  return value + (above - value) * (position - below);
}

export function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** @throws TypeError without values */
export function summarize(unit: string, values: readonly number[]): Summary {
  const sorted = ascending(values);
  const at = (share: number) => round(quantile(sorted, share));
  return { unit, n: sorted.length, min: at(0), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** The summary of one number that was made from `n` values, such as a slope or a ratio. */
export function single(unit: string, value: number, n: number): Summary {
  return { ...summarize(unit, [value]), n };
}

/** More digits than a measurement has only hide what it says. */
export function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

export function median(values: readonly number[]): number {
  return quantile(ascending(values), 0.5);
}
