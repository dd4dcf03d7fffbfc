import { labOfLinear } from '../colorDifference.ts';
import type { LinearRgb } from './ColorCard.ts';

/** Rows for lightness, chroma and hue: how far linear red, green and blue move them, in units of CIEDE2000. */
export type PerceptualSlope = readonly [LinearRgb, LinearRgb, LinearRgb];

const STEP = 1e-4;
/** CIELAB is steepest at black; no camera is exact there. */
const DARKEST = 0.002;

/** The slope of CIELAB at a colour, with the weights of CIEDE2000 there. A colour outside of sRGB is brought to its edge. */
export function perceptualSlope(color: LinearRgb): PerceptualSlope {
  const inside = color.map((value) => Math.min(1, Math.max(DARKEST, value))) as [number, number, number];
  const { l, a, b } = labOfLinear(inside);
  const steps = inside.map((value, channel) => {
    const moved = labOfLinear(inside.with(channel, value + STEP) as [number, number, number]);
    return { l: (moved.l - l) / STEP, a: (moved.a - a) / STEP, b: (moved.b - b) / STEP };
  });
  const chroma = Math.hypot(a, b);
  // Along the chroma and across it; a grey has no hue, and any two directions do.
  const [alongA, alongB] = chroma > 1 ? [a / chroma, b / chroma] : [1, 0];
  const byLightness = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const byChroma = 1 + 0.045 * chroma;
  const byHue = 1 + 0.015 * chroma;
  const row = (valueOf: (step: (typeof steps)[number]) => number) => steps.map(valueOf) as [number, number, number];
  return [
    row((step) => step.l / byLightness),
    row((step) => (step.a * alongA + step.b * alongB) / byChroma),
    row((step) => (step.b * alongA - step.a * alongB) / byHue),
  ];
}

/** About the CIEDE2000 between two colours that are near to each other. */
export function missOf(found: LinearRgb, wanted: LinearRgb, slope: PerceptualSlope): number {
  const [red, green, blue] = [found[0] - wanted[0], found[1] - wanted[1], found[2] - wanted[2]];
  return Math.hypot(...slope.map((row) => row[0] * red + row[1] * green + row[2] * blue));
}
