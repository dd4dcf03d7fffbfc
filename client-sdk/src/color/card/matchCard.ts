import { toLinear } from '../srgb.ts';
import type { ColorCard, LinearRgb } from './ColorCard.ts';
import { project, type Point } from './geometry.ts';
import { MIN_CELLS, type Lattice } from './growLattice.ts';
import type { ReducedPicture } from './reducePicture.ts';
import { LeastSquares } from './solveLinear.ts';

/** A card that lies on a lattice. */
export interface CardMatch {
  card: ColorCard;
  /** Where the middle of the patch in this column and row lies on the lattice. */
  place: (column: number, row: number) => Point;
  /** How far the colours are from the card's under the light that fits best; perceptual, 1 is about one of L*. */
  error: number;
}

/** A card in true life has 1 to 5, a lattice of other colours 12 and more. */
export const MAX_MATCH_ERROR = 7;
/** Some of what stands in the rows may be no part of the card: it lies where most is found, or nearly most. */
const MIN_SHARE = 0.8;
/** A hand, a reflection or a shadow may hide the others. */
const JUDGED_SHARE = 0.75;
/** A patch is sampled at nine points around its middle, this far from each other, in steps of the lattice. */
const SAMPLE_STEP = 0.18;

/** The card, its place and its turn that the colours on the lattice speak for; null where they speak for none. */
export function matchCard(picture: ReducedPicture, lattice: Lattice, cards: readonly ColorCard[]): CardMatch | null {
  const colorAt = sampler(picture, lattice);
  let best: CardMatch | null = null;
  for (const card of cards) {
    for (const place of placesOf(card, lattice)) {
      const error = colorError(card, (column, row) => colorAt(place(column, row)));
      if (error < (best?.error ?? MAX_MATCH_ERROR)) best = { card, place, error };
    }
  }
  return best;
}

/** Every way in which the card can lie on what was found: four turns, and all shifts that hold nearly as much as any. */
function placesOf({ columns, rows }: ColorCard, { cells }: Lattice): CardMatch['place'][] {
  const windows = [...windowsOf(cells, columns, rows, true), ...windowsOf(cells, rows, columns, false)];
  const least = Math.max(MIN_CELLS, MIN_SHARE * Math.max(...windows.map(({ held }) => held)));
  return windows
    .filter(({ held }) => held >= least)
    .flatMap(({ left, top, isUpright }): CardMatch['place'][] => {
      const right = left + (isUpright ? columns : rows) - 1;
      const bottom = top + (isUpright ? rows : columns) - 1;
      return isUpright
        ? [
            (column, row) => ({ x: left + column, y: top + row }),
            (column, row) => ({ x: right - column, y: bottom - row }),
          ]
        : [
            (column, row) => ({ x: right - row, y: top + column }),
            (column, row) => ({ x: left + row, y: bottom - column }),
          ];
    });
}

/** Every part of the lattice of this size, with the number of cells that it holds. */
function windowsOf(cells: Lattice['cells'], width: number, height: number, isUpright: boolean) {
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [firstColumn, lastColumn] = span(cells.map(({ column }) => column));
  const [firstRow, lastRow] = span(cells.map(({ row }) => row));
  const windows = [];
  for (let left = firstColumn - width + 1; left <= lastColumn; left++) {
    for (let top = firstRow - height + 1; top <= lastRow; top++) {
      const held = cells.filter(
        ({ column, row }) => column >= left && column < left + width && row >= top && row < top + height,
      ).length;
      windows.push({ left, top, isUpright, held });
    }
  }
  return windows;
}

/** @returns gives the linear colour around a point of the lattice, null outside of the picture */
function sampler({ width, height, data }: ReducedPicture, { homography }: Lattice) {
  const known = new Map<string, LinearRgb | null>();
  const sample = (place: Point): LinearRgb | null => {
    const sum: [number, number, number] = [0, 0, 0];
    for (let index = 0; index < 9; index++) {
      const dx = ((index % 3) - 1) * SAMPLE_STEP;
      const dy = (Math.floor(index / 3) - 1) * SAMPLE_STEP;
      const point = project(homography, { x: place.x + dx, y: place.y + dy });
      const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
      if (!(x >= 0 && y >= 0 && x < width && y < height)) return null;
      const at = (y * width + x) * 3;
      for (const channel of [0, 1, 2] as const) sum[channel] += toLinear(data[at + channel]!) / 9;
    }
    return sum;
  };
  return (place: Point) => {
    const key = `${place.x} ${place.y}`;
    let color = known.get(key);
    if (color === undefined) known.set(key, (color = sample(place)));
    return color;
  };
}

/** Fits a 3 x 3 matrix from what is seen to the card, twice, the second time without the patches that fitted worst. */
function colorError(card: ColorCard, colorAt: (column: number, row: number) => LinearRgb | null): number {
  const pairs: { seen: LinearRgb; true: LinearRgb; error: number }[] = [];
  for (const [index, { color }] of card.patches.entries()) {
    const seen = colorAt(index % card.columns, Math.floor(index / card.columns));
    if (seen) pairs.push({ seen, true: color, error: 0 });
  }
  const judged = Math.ceil(card.patches.length * JUDGED_SHARE);
  if (pairs.length < judged) return Infinity;
  for (let round = 0; round < 2; round++) {
    const rows = fitMatrix(round === 0 ? pairs : pairs.slice(0, judged));
    if (!rows) return Infinity;
    for (const pair of pairs) {
      pair.error = 0;
      for (const [channel, row] of rows.entries()) {
        const found = row[0]! * pair.seen[0] + row[1]! * pair.seen[1] + row[2]! * pair.seen[2];
        pair.error += (100 / 3) * Math.abs(Math.cbrt(found) - Math.cbrt(pair.true[channel]!));
      }
    }
    pairs.sort((one, other) => one.error - other.error);
  }
  return pairs.slice(0, judged).reduce((sum, { error }) => sum + error, 0) / judged;
}

/** @returns three rows, or null where no light could be so */
function fitMatrix(pairs: readonly { seen: LinearRgb; true: LinearRgb }[]): number[][] | null {
  const rows: number[][] = [];
  for (let channel = 0; channel < 3; channel++) {
    const equations = new LeastSquares(3);
    for (const { seen, true: color } of pairs) {
      // The eye sees differences in the dark: the slope of the cube root, squared.
      equations.add(seen, color[channel]!, (Math.max(0, color[channel]!) + 0.02) ** (-4 / 3));
    }
    const row = equations.solve();
    // Light brightens or dims a channel; it turns none around.
    if (!row || row[channel]! <= 0) return null;
    rows.push(row);
  }
  return rows;
}
