import { fitHomography, invert, project, type Homography, type Point } from './geometry.ts';
import type { Region } from './flatRegions.ts';

/** Patches that stand in rows and columns, counted from any one of them. */
export interface Lattice {
  /** From columns and rows (patch middles at whole numbers) to pixels of the reduced picture. */
  homography: Homography;
  cells: readonly Cell[];
}

/** A place where a region was found. */
export interface Cell {
  column: number;
  row: number;
  region: Region;
}

/** A place in the lattice while it grows, with the steps to the next column and the next row as they are here. */
interface Node extends Cell {
  across: Point;
  along: Point;
}

/** Fewer than this may stand in rows by chance. */
export const MIN_CELLS = 7;
/** The card has six patches one way; more than this away from the first one is something else. */
const REACH = 6;
/** The step to the next patch, by the size of the region, which lacks the pixels at its edge. */
const MIN_STEP = 1;
const MAX_STEP = 2.3;
/** Cosine, as the patch's own shape measures angles: rows and columns are square to each other in it. */
const MAX_COSINE = 0.35;
/** How far from where it is expected a patch may lie, in steps. */
const MAX_MISS = 0.3;
const MAX_FINAL_MISS = 0.12;
/** Steps from the first patch within which the growth is trusted before all of it is looked at together. */
const NEAR = 2;
const MAX_AREA_RATIO = 2.2;

/** Every lattice among the regions, the one with the most patches first. */
export function growLattices(regions: readonly Region[]): Lattice[] {
  const lattices: Lattice[] = [];
  const taken = new Set<Region>();
  for (const seed of regions) {
    if (taken.has(seed)) continue;
    let best: Lattice | null = null;
    for (const [across, along] of basesOf(seed, regions)) {
      const lattice = settle(grow(seed, across, along, regions), regions);
      if (lattice && lattice.cells.length > (best?.cells.length ?? 0)) best = lattice;
    }
    if (!best) continue;
    lattices.push(best);
    for (const { region } of best.cells) taken.add(region);
  }
  return lattices.sort((one, other) => other.cells.length - one.cells.length);
}

/** Pairs of steps from a region to neighbours that may be its next in the row and in the column. */
function basesOf(seed: Region, regions: readonly Region[]): [Point, Point][] {
  const steps = regions
    .filter((region) => region !== seed && isAlike(region, seed))
    .map((region) => ({ x: region.x - seed.x, y: region.y - seed.y }))
    .map((step) => ({ step, length: Math.sqrt(product(seed, step, step) / 12) }))
    .filter(({ length }) => length >= MIN_STEP && length <= MAX_STEP)
    .sort((one, other) => one.length - other.length);
  const bases: [Point, Point][] = [];
  for (const one of steps.slice(0, 3)) {
    const other = steps.find(
      ({ step, length }) => Math.abs(product(seed, one.step, step)) / (12 * one.length * length) <= MAX_COSINE,
    );
    if (!other) continue;
    const isClockwise = one.step.x * other.step.y - one.step.y * other.step.x > 0;
    bases.push(isClockwise ? [one.step, other.step] : [other.step, one.step]);
  }
  return bases;
}

/** The scalar product as a region measures it; 12 for a step as long as the region itself. */
function product({ xx, xy, yy }: Region, one: Point, other: Point): number {
  return one.x * (xx * other.x + xy * other.y) + one.y * (xy * other.x + yy * other.y);
}

function isAlike(one: Region, other: Region): boolean {
  const ratio = one.area / other.area;
  return ratio <= MAX_AREA_RATIO && ratio * MAX_AREA_RATIO >= 1;
}

/** Goes from patch to patch, each step as long and slanted as the one before, as a picture in perspective changes slowly. */
function grow(seed: Region, across: Point, along: Point, regions: readonly Region[]): Cell[] {
  const nodes: Node[] = [{ column: 0, row: 0, region: seed, across, along }];
  const places = new Set(['0 0']);
  const used = new Set([seed]);
  for (const node of nodes) {
    for (const [byColumn, byRow] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const) {
      const column = node.column + byColumn;
      const row = node.row + byRow;
      const place = `${column} ${row}`;
      if (places.has(place) || Math.abs(column) > REACH || Math.abs(row) > REACH) continue;
      const expected = {
        x: node.region.x + byColumn * node.across.x + byRow * node.along.x,
        y: node.region.y + byColumn * node.across.y + byRow * node.along.y,
      };
      const region = nearest(expected, node, regions);
      if (!region || used.has(region)) continue;
      const step = {
        x: (region.x - node.region.x) * (byColumn + byRow),
        y: (region.y - node.region.y) * (byColumn + byRow),
      };
      places.add(place);
      used.add(region);
      const steps = byColumn === 0 ? { across: node.across, along: step } : { across: step, along: node.along };
      nodes.push({ column, row, region, ...steps });
    }
  }
  return nodes;
}

function nearest(expected: Point, { across, along, region: from }: Node, regions: readonly Region[]): Region | null {
  const determinant = across.x * along.y - across.y * along.x;
  let found: Region | null = null;
  let least = MAX_MISS;
  for (const region of regions) {
    const dx = region.x - expected.x;
    const dy = region.y - expected.y;
    const byColumn = (dx * along.y - dy * along.x) / determinant;
    const byRow = (dy * across.x - dx * across.y) / determinant;
    const miss = Math.max(Math.abs(byColumn), Math.abs(byRow));
    if (miss < least && isAlike(region, from)) {
      least = miss;
      found = region;
    }
  }
  return found;
}

/** Lays one homography through the cells, and gathers again all that stand where it says: patches beyond a gap come in. */
export function settle(cells: readonly Cell[], regions: readonly Region[]): Lattice | null {
  const near = cells.filter(({ column, row }) => Math.max(Math.abs(column), Math.abs(row)) <= NEAR);
  let found = near.length >= MIN_CELLS ? near : cells;
  let homography: Homography | null = null;
  for (let round = 0; round < 3; round++) {
    if (found.length < MIN_CELLS) return null;
    homography = fitHomography(found.map(({ column, row, region }) => [{ x: column, y: row }, region] as const));
    if (!homography) return null;
    found = cellsOn(homography, found, regions);
  }
  if (!homography || found.length < MIN_CELLS) return null;
  return { homography, cells: found };
}

function cellsOn(homography: Homography, before: readonly Cell[], regions: readonly Region[]): Cell[] {
  const toLattice = invert(homography);
  const sizeAt = (column: number, row: number, { area }: Region) => area / cellArea(homography, column, row);
  const sizes = before.map(({ column, row, region }) => sizeAt(column, row, region)).sort((one, other) => one - other);
  const usual = sizes[sizes.length >> 1]!;
  const byPlace = new Map<string, Cell & { miss: number }>();
  for (const region of regions) {
    const { x, y } = project(toLattice, region);
    const column = Math.round(x);
    const row = Math.round(y);
    const miss = Math.max(Math.abs(x - column), Math.abs(y - row));
    if (miss > MAX_FINAL_MISS || Math.abs(column) > REACH || Math.abs(row) > REACH) continue;
    const ratio = sizeAt(column, row, region) / usual;
    if (!(ratio < MAX_AREA_RATIO && ratio * MAX_AREA_RATIO > 1)) continue;
    const place = `${column} ${row}`;
    const other = byPlace.get(place);
    if (!other || other.miss > miss) byPlace.set(place, { column, row, region, miss });
  }
  return [...byPlace.values()];
}

/** In pixels; negative behind the eye. */
function cellArea(homography: Homography, column: number, row: number): number {
  const at = (dx: number, dy: number) => project(homography, { x: column + dx, y: row + dy });
  const [left, right, above, below] = [at(-0.5, 0), at(0.5, 0), at(0, -0.5), at(0, 0.5)];
  return (right.x - left.x) * (below.y - above.y) - (right.y - left.y) * (below.x - above.x);
}
