import { ciede2000, type RgbBytes } from '../colorDifference.ts';
import type { ColorCorrection } from '../ColorCorrection.ts';
import type { Picture } from '../Picture.ts';
import { fromLinear } from '../srgb.ts';
import type { ColorCard, LinearRgb } from './ColorCard.ts';
import { colorCards } from './cards.ts';
import { findCard, type FoundCard } from './findCard.ts';
import { apply, fitCorrection, type FitPatch } from './fitCorrection.ts';
import { project, type Point, type Quad } from './geometry.ts';
import { judgeLight, type CardProblem } from './judgeLight.ts';
import { outlineOf } from './outlineOf.ts';
import { samplePatches, type PatchSample } from './samplePatches.ts';

/** CIEDE2000 between what the patches are and what they look like. */
export interface ColorDifference {
  mean: number;
  max: number;
  /** By patch; those that are not `trusted` as well, which count in neither of the above. */
  patches: number[];
}

export interface PatchReading {
  name: string;
  /** What the patch is, in bytes of sRGB; the nearest where sRGB does not reach it. */
  reference: RgbBytes;
  measured: RgbBytes;
  corrected: RgbBytes;
  /** False where something else than the patch is seen, or a channel is clipped. */
  trusted: boolean;
}

export interface CardReading {
  card: ColorCard;
  /** Of the card in the picture, in pixels, clockwise from the card's own top left. */
  corners: Quad;
  correction: ColorCorrection;
  /** As the camera shows the patches, its exposure included. */
  before: ColorDifference;
  after: ColorDifference;
  /** What of the light or the picture spoils the measure; empty where all is well. */
  problems: CardProblem[];
  /** In the order of the card's patches. */
  patches: PatchReading[];
}

/** Above this share of clipped pixels a patch's colour is not known. */
const MAX_CLIPPED = 0.1;
/** With fewer patches than half of the card's, or fewer greys than two, nothing is measured. */
const MIN_SHARE = 0.5;
const MIN_GREYS = 2;

/**
 * Finds a colour card in a picture and computes the correction that brings its patches to what they are. The correction holds
 * brightness too: under the same light and exposure, white paper comes out as white paper.
 *
 * @param cards those that may be in the picture; every known one where it is not said
 * @returns null where no card is seen, or too little of it
 */
export function readColorCard(picture: Picture, cards: readonly ColorCard[] = colorCards): CardReading | null {
  const found = findCard(picture, cards);
  return found && measure(picture, found);
}

function measure(picture: Picture, { card, homography }: FoundCard): CardReading | null {
  const samples = samplePatches(picture, card, homography);
  const known = samples.map((sample) => sample !== null && sample.clipped <= MAX_CLIPPED);
  const greys = card.patches.filter(({ isGrey }, index) => isGrey && known[index]).length;
  if (known.filter(Boolean).length < card.patches.length * MIN_SHARE || greys < MIN_GREYS) return null;

  const indices = card.patches.flatMap((_patch, index) => (known[index] ? [index] : []));
  const fitPatches = indices.map((index) => toFitPatch(card, samples[index]!, index));
  const fit = fitCorrection(fitPatches);
  if (!fit) return null;
  const trusted = card.patches.map((_patch, index) => fit.isTrusted[indices.indexOf(index)] ?? false);
  const patches = card.patches.map(({ name, color }, index): PatchReading => {
    const seen = samples[index]?.color ?? [0, 0, 0];
    return {
      name,
      reference: toBytes(color),
      measured: toBytes(seen),
      corrected: toBytes(apply(fit.correction, seen)),
      trusted: trusted[index]!,
    };
  });
  const after = difference(patches, 'corrected');
  return {
    card,
    corners: outlineOf(card).map((corner) => project(homography, corner)) as [Point, Point, Point, Point],
    correction: fit.correction,
    before: difference(patches, 'measured'),
    after,
    problems: judgeLight({ card, samples, patches: fitPatches, fit, finalDifference: after.mean }),
    patches,
  };
}

function toFitPatch({ patches, columns, rows }: ColorCard, { color }: PatchSample, index: number): FitPatch {
  const { color: reference, isGrey, weight } = patches[index]!;
  return {
    measured: color,
    reference,
    isGrey,
    weight,
    x: (index % columns) - (columns - 1) / 2,
    y: Math.floor(index / columns) - (rows - 1) / 2,
  };
}

function difference(patches: readonly PatchReading[], what: 'measured' | 'corrected'): ColorDifference {
  const all = patches.map((patch) => ciede2000(patch.reference, patch[what]));
  const counted = all.filter((_value, index) => patches[index]!.trusted);
  return {
    mean: counted.reduce((sum, value) => sum + value, 0) / counted.length,
    max: Math.max(...counted),
    patches: all,
  };
}

/** What a screen shows of linear light: whole bytes. */
function toBytes(color: LinearRgb): RgbBytes {
  const [red, green, blue] = color.map((value) => Math.round(fromLinear(Math.min(1, Math.max(0, value)))));
  return [red!, green!, blue!];
}
