import { labDifference, labOfLinear } from '../colorDifference.ts';
import type { ColorCorrection } from '../ColorCorrection.ts';
import type { ColorCard, LinearRgb } from './ColorCard.ts';
import { apply, type Fit, type FitPatch } from './fitCorrection.ts';
import { fitPlane, slopeAt } from './fitPlane.ts';
import { brightness, type PatchSample } from './samplePatches.ts';
import { LeastSquares } from './solveLinear.ts';

/**
 * - `tooDark`: the picture is so dark that its noise and its few steps would be brightened with it;
 * - `clipped`: a channel is at its end on a patch, so that nobody knows how bright that is;
 * - `mixedLight`: the light has another colour on one side of the card than on the other;
 * - `unevenLight`: the light is much brighter on one side than on the other;
 * - `glare`: something shines on the card;
 * - `covered`: a patch is hidden, by a finger, by a shadow's edge or by the edge of the picture;
 * - `poorFit`: no correction brings the patches near to what they are: another card, a faded one, or a bad print.
 */
export type CardProblem = 'tooDark' | 'clipped' | 'mixedLight' | 'unevenLight' | 'glare' | 'covered' | 'poorFit';

/** More than fourfold, one step of the camera's bytes becomes four: visible bands, and noise. */
const MAX_GAIN = 4;
/** Some pixels of noise reach the end before the patch does. */
const MAX_CLIPPED = 0.02;
/** CIEDE2000 between a grey in one corner and in another: plainly two greys. */
const MAX_MIXED = 4;
/** By a third brighter on one side is 9 of L* on a mid grey: more than the card can tell about a cup beside it. */
const MAX_UNEVEN = 1.35;
/** Light that lies over all patches alike, as a share of white: as much as a black patch itself gives back. */
const MAX_VEIL = 0.03;
/** What a reflection adds to each channel of a patch, in linear light. */
const MIN_SHINE = 0.05;
/** A reflection has the colour of the light, which is neutral after the correction; a finger has its own. */
const MIN_SHINE_NEUTRALITY = 0.5;
/** Noise stays below, as each ninth of a patch has many pixels. */
const MAX_PATCH_UNEVENNESS = 1.5;
/** Mean CIEDE2000 after the correction; what cameras do without any trouble is below 4. */
const MAX_FINAL = 6;

export interface JudgedCard {
  card: ColorCard;
  samples: readonly (PatchSample | null)[];
  /** Without those that were not measured. */
  patches: readonly FitPatch[];
  fit: Fit;
  /** Mean CIEDE2000 after the correction. */
  finalDifference: number;
}

/** What of the light or the picture spoils the measure, in the order in which it is to be put right. */
export function judgeLight(judged: JudgedCard): CardProblem[] {
  const { card, samples, patches, fit, finalDifference } = judged;
  const spoiled = samples.filter((sample) => sample && sample.unevenness > MAX_PATCH_UNEVENNESS).length;
  const distrusted = fit.isTrusted.filter((trusted) => !trusted).length;
  const shines = isGlaring(judged);
  const found: Record<CardProblem, boolean> = {
    tooDark: brightness(apply(fit.correction, [1, 1, 1])) > MAX_GAIN,
    clipped: samples.some((sample) => sample && sample.clipped > MAX_CLIPPED),
    glare: shines,
    covered: !shines && (spoiled > 0 || distrusted > 0 || samples.includes(null)),
    // A veil weakens the colours, and the matrix that makes up for it says nothing about the light any more.
    mixedLight: !shines && mixture(card, patches, fit) > MAX_MIXED,
    unevenLight: rangeOf(cornersOf(card).map((corner) => slopeAt(fit.light, corner))) > MAX_UNEVEN,
    poorFit: finalDifference > MAX_FINAL,
  };
  return (Object.keys(found) as CardProblem[]).filter((problem) => found[problem]);
}

/** A veil lies over all of the card; a spot lightens a part of a patch. */
function isGlaring({ card, samples, patches, fit }: JudgedCard): boolean {
  const shinesOn = (seen: LinearRgb, meant: LinearRgb) => {
    const excess = apply(fit.correction, seen).map((value, channel) => value - meant[channel]!);
    return Math.min(...excess) > Math.max(MIN_SHINE, MIN_SHINE_NEUTRALITY * Math.max(...excess));
  };
  return (
    veil(patches, fit) > MAX_VEIL ||
    samples.some((sample, index) => {
      if (!sample || sample.unevenness <= MAX_PATCH_UNEVENNESS) return false;
      return shinesOn(sample.brightest, card.patches[index]!.color);
    })
  );
}

/** What the greys would have left if their brightness fell to nothing, as a share of white. */
function veil(patches: readonly FitPatch[], { isTrusted, light }: Fit): number {
  const line = new LeastSquares(2);
  for (const [index, patch] of patches.entries()) {
    if (!patch.isGrey || !isTrusted[index]) continue;
    const meant = brightness(patch.reference);
    line.add([1, meant], brightness(patch.measured) / slopeAt(light, patch), meant ** (-4 / 3));
  }
  const [left, slope] = line.solve() ?? [0, 1];
  return left! / slope!;
}

/** How different a grey looks in the corners of the card, apart from its brightness. */
function mixture(card: ColorCard, patches: readonly FitPatch[], { correction, isTrusted }: Fit): number {
  const planes = ([0, 1, 2] as const).map((channel) =>
    fitPlane(
      patches.flatMap(({ x, y, measured, reference, isGrey }, index) => {
        const seen = channelOf(correction, measured, channel);
        const meant = reference[channel];
        if (!isTrusted[index] || seen <= 0 || meant <= 0) return [];
        // The greys are nearest to what they are meant to be.
        return [{ x, y, value: Math.log(seen / meant), weight: meant * (isGrey ? 4 : 1) }];
      }),
    ),
  );
  const greys = cornersOf(card).map((corner) => {
    const [red, green, blue] = planes.map((plane) => slopeAt(plane, corner)) as [number, number, number];
    const light = brightness([red, green, blue]);
    return labOfLinear([(0.3 * red) / light, (0.3 * green) / light, (0.3 * blue) / light]);
  });
  return Math.max(...greys.flatMap((one) => greys.map((other) => labDifference(one, other))));
}

function channelOf(correction: ColorCorrection, color: LinearRgb, channel: 0 | 1 | 2): number {
  return apply(correction, color)[channel];
}

/** The middles of the corner patches, from the middle of the card. */
function cornersOf({ columns, rows }: ColorCard) {
  const [x, y] = [(columns - 1) / 2, (rows - 1) / 2];
  return [
    { x: -x, y: -y },
    { x, y: -y },
    { x, y },
    { x: -x, y },
  ];
}

function rangeOf(values: readonly number[]): number {
  return Math.max(...values) / Math.min(...values);
}
