/** A number with about three digits, and thousands that can be told apart. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const prefixes = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** A value with its unit, large ones with a prefix. */
export function formatQuantity(value: number, unit: string): string {
  if (unit === 'share') return `${formatNumber(value * 100)} %`;
  const [factor, prefix] = /^(bps|bytes|packets)/.test(unit)
    ? (prefixes.find(([limit]) => Math.abs(value) >= limit) ?? [1, ''])
    : [1, ''];
  return `${formatNumber(value / factor)} ${prefix}${unit}`.trim();
}
