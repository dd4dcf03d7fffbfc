import type { ColorCorrection } from '../ColorCorrection.ts';
import type { LinearRgb } from './ColorCard.ts';
import { fitPlane, slopeAt, type Plane } from './fitPlane.ts';
import { missOf, perceptualSlope, type PerceptualSlope } from './perceptualSlope.ts';
import { brightness } from './samplePatches.ts';
import { LeastSquares } from './solveLinear.ts';

/** A patch that was measured. */
export interface FitPatch {
  measured: LinearRgb;
  reference: LinearRgb;
  isGrey: boolean;
  weight: number;
  /** On the card, from its middle, in steps. */
  x: number;
  y: number;
}

export interface Fit {
  correction: ColorCorrection;
  /** The logarithm of how bright the light is, over the card; 0 in its middle. */
  light: Plane;
  /** By patch: false for one that is not what the card has there, as a finger or a reflection lies on it. */
  isTrusted: readonly boolean[];
}

/** The fit, the light and the confidence in each patch depend on each other; after six rounds nothing moves any more. */
const ROUNDS = 6;
/** CIEDE2000 that noise and printers cause; a patch that misses by this, or as the others do, keeps half of its weight. */
const USUAL_MISS = 2;
/** A quarter of the patches at most is put down to fingers and reflections; beyond that the card is just not well seen. */
const MAX_DISTRUSTED = 0.25;
/**
 * CIEDE2000 by which a patch may miss before it is taken for something else. A camera sees some colours far off under a lamp that
 * lacks their part of the spectrum (cyan at 2,700 K by 10); a finger on a patch is 20 off and more.
 */
const OUTLIER = 15;
const OUTLIER_TIMES_MEDIAN = 4;
/**
 * What a factor of 1 away from the identity costs, in squared CIEDE2000 summed over the patches. 24 patches with their several
 * thousands hardly feel it; it keeps a few patches of little colour from being fitted by a wild matrix.
 */
const RIDGE = 25;

/**
 * White balance from the greys, then a 3 x 3 matrix by weighted least squares in linear light. Every row of the matrix sums to
 * one, so that what the gains made neutral stays neutral. An error counts as it looks: by the slope of CIELAB at the patch's
 * own colour, with the weights that CIEDE2000 gives to lightness, chroma and hue there. The brightness is part of the
 * correction: white comes out as light as the card's white is. Light that falls off over the card, evenly to one side, is
 * taken out before the fit.
 *
 * @returns null where too few patches are left
 */
export function fitCorrection(patches: readonly FitPatch[]): Fit | null {
  const slopes = patches.map(({ reference }) => perceptualSlope(reference));
  let confidence: readonly number[] = patches.map(() => 1);
  let isTrusted: readonly boolean[] = patches.map(() => true);
  let light: Plane = { x: 0, y: 0 };
  let gains = medianGains(patches);
  let correction: ColorCorrection | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const evened = patches.map((patch) => ({ ...patch, measured: scale(patch.measured, 1 / slopeAt(light, patch)) }));
    if (round > 0) gains = fitGains(evened, confidence);
    if (!gains) return null;
    const matrix = fitMatrix(evened, gains, slopes, confidence);
    if (!matrix) return null;
    const found: ColorCorrection = { gains, matrix };
    const misses = evened.map(({ measured, reference }, index) =>
      missOf(apply(found, measured), reference, slopes[index]!),
    );
    confidence = confidenceOf(misses);
    isTrusted = trust(misses);
    light = fitLight(patches, found, confidence);
    correction = found;
  }
  return correction && { correction, light, isTrusted };
}

export function apply({ gains, matrix: m }: ColorCorrection, [red, green, blue]: LinearRgb): LinearRgb {
  const [r, g, b] = [red * gains[0], green * gains[1], blue * gains[2]];
  return [m[0] * r + m[1] * g + m[2] * b, m[3] * r + m[4] * g + m[5] * b, m[6] * r + m[7] * g + m[8] * b];
}

type Gains = ColorCorrection['gains'];

/** To begin with: one grey under a finger does not move the median. */
function medianGains(patches: readonly FitPatch[]): Gains | null {
  const greys = patches.filter(({ isGrey }) => isGrey);
  return positive((channel) => {
    const ratios = greys.map(({ measured, reference }) => reference[channel] / measured[channel]);
    return ratios.sort((one, other) => one - other)[ratios.length >> 1];
  });
}

function fitGains(patches: readonly FitPatch[], confidence: readonly number[]): Gains | null {
  return positive((channel) => {
    const equation = new LeastSquares(1);
    for (const [index, { measured, reference, isGrey }] of patches.entries()) {
      if (!isGrey) continue;
      // A step in the dark is seen more than one in the light: the slope of the cube root, squared.
      equation.add([measured[channel]], reference[channel], confidence[index]! * brightness(reference) ** (-4 / 3));
    }
    return equation.solve()?.[0];
  });
}

function positive(gainOf: (channel: 0 | 1 | 2) => number | undefined): Gains | null {
  const gains = ([0, 1, 2] as const).map(gainOf);
  const areGood = gains.every((gain) => gain !== undefined && gain > 0 && Number.isFinite(gain));
  return areGood ? (gains as [number, number, number]) : null;
}

function fitMatrix(
  patches: readonly FitPatch[],
  gains: Gains,
  slopes: readonly PerceptualSlope[],
  confidence: readonly number[],
): ColorCorrection['matrix'] | null {
  // Six unknowns: in each row the share of the two other channels' difference from its own.
  const equations = new LeastSquares(6);
  for (const [index, { measured, reference, weight }] of patches.entries()) {
    const [r, g, b] = [measured[0] * gains[0], measured[1] * gains[1], measured[2] * gains[2]];
    for (const [byRed, byGreen, byBlue] of slopes[index]!) {
      const factors = [
        byRed * (g - r),
        byRed * (b - r),
        byGreen * (r - g),
        byGreen * (b - g),
        byBlue * (r - b),
        byBlue * (g - b),
      ];
      const missing = byRed * (reference[0] - r) + byGreen * (reference[1] - g) + byBlue * (reference[2] - b);
      equations.add(factors, missing, weight * confidence[index]!);
    }
  }
  for (let unknown = 0; unknown < 6; unknown++) {
    equations.add(
      Array.from({ length: 6 }, (_, index) => (index === unknown ? 1 : 0)),
      0,
      RIDGE,
    );
  }
  const solution = equations.solve();
  if (!solution) return null;
  const [rg, rb, gr, gb, br, bg] = solution as [number, number, number, number, number, number];
  return [1 - rg - rb, rg, rb, gr, 1 - gr - gb, gb, br, bg, 1 - br - bg];
}

/** As after Cauchy: who misses by much has no say, and nobody is thrown out for good. */
function confidenceOf(misses: readonly number[]): number[] {
  const usual = Math.max(USUAL_MISS, median(misses));
  return misses.map((miss) => 1 / (1 + (miss / usual) ** 2));
}

function trust(misses: readonly number[]): boolean[] {
  const sorted = [...misses].sort((one, other) => one - other);
  const mostThatStay = sorted[Math.ceil(sorted.length * (1 - MAX_DISTRUSTED)) - 1]!;
  const limit = Math.max(OUTLIER, median(misses) * OUTLIER_TIMES_MEDIAN, mostThatStay);
  return misses.map((miss) => miss <= limit);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1]!;
}

function fitLight(patches: readonly FitPatch[], correction: ColorCorrection, confidence: readonly number[]): Plane {
  return fitPlane(
    patches.flatMap(({ x, y, measured, reference }, index) => {
      const seen = brightness(apply(correction, measured));
      const meant = brightness(reference);
      // A black patch says little about the light, and much about reflections.
      return seen > 0 ? [{ x, y, value: Math.log(seen / meant), weight: meant * confidence[index]! }] : [];
    }),
  );
}

function scale([red, green, blue]: LinearRgb, by: number): LinearRgb {
  return [red * by, green * by, blue * by];
}
