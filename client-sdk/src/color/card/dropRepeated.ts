import type { Region } from './flatRegions.ts';

/** A card has four patches of one colour, and a few dark ones that are alike in dim light. */
const MAX_ALIKE = 8;
/** Bytes a channel. */
const ALIKE_COLOR = 7;
const ALIKE_AREA = 1.4;
/** More than noise and cloth make; each is compared with many others. */
const MOST_COMPARED = 5_000;
/** A cluttered table has a few hundred. Rows and columns among thousands, as a mosaic has them, take half a minute to find. */
const MOST_LEFT = 600;

/**
 * Leaves out what comes again and again, alike in colour and size: tiles, checks and dots, which stand in rows as well. Where
 * more is left than any table has, the smallest fall away: a card that can be measured has larger patches.
 */
export function dropRepeated(regions: readonly Region[]): Region[] {
  const byArea = [...regions].sort((one, other) => one.area - other.area).slice(-MOST_COMPARED);
  const alike = new Int32Array(byArea.length);
  for (const [index, { area, color }] of byArea.entries()) {
    for (let next = index + 1; next < byArea.length && byArea[next]!.area <= area * ALIKE_AREA; next++) {
      if (!isAlike(color, byArea[next]!.color)) continue;
      alike[index]!++;
      alike[next]!++;
    }
  }
  return byArea.filter((_region, index) => alike[index]! <= MAX_ALIKE).slice(-MOST_LEFT);
}

/** Written out, as it is asked some million times for a mosaic. */
function isAlike([red, green, blue]: Region['color'], other: Region['color']): boolean {
  return (
    Math.abs(red - other[0]) <= ALIKE_COLOR &&
    Math.abs(green - other[1]) <= ALIKE_COLOR &&
    Math.abs(blue - other[2]) <= ALIKE_COLOR
  );
}
