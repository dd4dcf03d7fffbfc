import type { Picture } from '../Picture.ts';
import type { ColorCard } from './ColorCard.ts';
import { dropRepeated } from './dropRepeated.ts';
import { flatRegions, steepness } from './flatRegions.ts';
import { fitHomography, type Homography } from './geometry.ts';
import { growLattices, settle, type Lattice } from './growLattice.ts';
import { matchCard, type CardMatch } from './matchCard.ts';
import { reducePicture, type ReducedPicture } from './reducePicture.ts';

export interface FoundCard {
  card: ColorCard;
  /** From the card's own coordinates to pixels of the picture. */
  homography: Homography;
}

/** A card that fills the picture is found when it is small, without its grain; one far away needs more pixels. */
const LONGEST_SIDES = [400, 960];
/** Bytes from pixel to pixel that still are one patch: noise asks for a high one, dim light for a low one. */
const THRESHOLDS = [14, 28, 7];
/** Lattices of fewer patches are hardly the card where those of more are not. */
const TRIED_LATTICES = 4;
/** Good enough to look no further. */
const SURE_ERROR = 4;

/** With this share of the patches found, the place of the others is certain. */
const WELL_FOUND = 0.8;

interface Candidate {
  match: CardMatch;
  lattice: Lattice;
}

/**
 * Finds one of the cards in a picture, at any angle and turn, seen from the side, in coloured light, partly covered. It looks for
 * regions of even colour that stand in rows and columns, and then asks whether their colours are a card's under any light.
 */
export function findCard(picture: Picture, cards: readonly ColorCard[]): FoundCard | null {
  const factors = LONGEST_SIDES.map((side) => Math.ceil(Math.max(picture.width, picture.height) / side));
  for (const factor of new Set(factors)) {
    const reduced = reducePicture(picture, factor);
    const best = findIn(reduced, cards);
    if (!best) continue;
    const { columns, rows } = best.match.card;
    if (best.lattice.cells.length >= WELL_FOUND * columns * rows) return toPicture(best, factor);
    const finest = factors.at(-1)!;
    const refined = refine(best, factor / finest, finest === factor ? reduced : reducePicture(picture, finest));
    return refined ? toPicture(refined, finest) : toPicture(best, factor);
  }
  return null;
}

function findIn(reduced: ReducedPicture, cards: readonly ColorCard[]): Candidate | null {
  let best: Candidate | null = null;
  const steps = steepness(reduced);
  for (const threshold of THRESHOLDS) {
    const regions = dropRepeated(flatRegions(reduced, steps, threshold));
    for (const lattice of growLattices(regions).slice(0, TRIED_LATTICES)) {
      const match = matchCard(reduced, lattice, cards);
      if (match && match.error < (best?.match.error ?? Infinity)) best = { match, lattice };
    }
    if (best && best.match.error < SURE_ERROR) break;
  }
  return best;
}

/** Looks once more where the card is known to be, with every threshold at once: what one of them misses another one has. */
function refine({ match, lattice }: Candidate, scale: number, reduced: ReducedPicture): Candidate | null {
  const steps = steepness(reduced);
  const regions = THRESHOLDS.flatMap((threshold) => flatRegions(reduced, steps, threshold));
  const cells = lattice.cells.map(({ column, row, region }) => ({
    column,
    row,
    region: { ...region, x: region.x * scale, y: region.y * scale, area: region.area * scale ** 2 },
  }));
  const settled = settle(cells, regions);
  return settled && { match, lattice: settled };
}

/** Brings the lattice into the card's own coordinates and the pixels of the whole picture. */
function toPicture({ match: { card, place }, lattice: { cells } }: Candidate, factor: number): FoundCard | null {
  const pairs = [];
  for (let index = 0; index < card.patches.length; index++) {
    const column = index % card.columns;
    const row = Math.floor(index / card.columns);
    const { x, y } = place(column, row);
    const region = cells.find((cell) => cell.column === x && cell.row === y)?.region;
    if (region) {
      const middle = { x: column + 0.5, y: row + 0.5 };
      pairs.push([middle, { x: region.x * factor, y: region.y * factor }] as const);
    }
  }
  const homography = fitHomography(pairs);
  return homography && { card, homography };
}
