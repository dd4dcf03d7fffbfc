import type { LinearRgb } from '../../../client-sdk/src/color/card/ColorCard.ts';
import { observer } from './published.ts';

/** A value for each of `wavelengths`. */
export type Spectrum = readonly number[];

/** From CIE XYZ under D65, where white has a Y of one, to linear light with the primaries of sRGB (IEC 61966-2-1). */
const XYZ_TO_RGB = [
  [3.2406, -1.5372, -0.4986],
  [-0.9689, 1.8758, 0.0415],
  [0.0557, -0.204, 1.057],
] as const;

/** CIE XYZ of what reflects a light, with a Y of one for white. */
export function tristimulus(light: Spectrum, reflectance?: Spectrum): [number, number, number] {
  const { x, y, z } = observer;
  const whiteY = integrate(light, y);
  const seen = reflectance ? times(light, reflectance) : light;
  return [integrate(seen, x) / whiteY, integrate(seen, y) / whiteY, integrate(seen, z) / whiteY];
}

/** CIE 1931 x and y of a light. */
export function chromaticity(light: Spectrum): [number, number] {
  const [x, y, z] = tristimulus(light);
  return [x / (x + y + z), y / (x + y + z)];
}

export function toLinearRgb(xyz: readonly [number, number, number]): LinearRgb {
  const [red, green, blue] = XYZ_TO_RGB.map((row) => row.reduce((sum, factor, axis) => sum + factor * xyz[axis]!, 0));
  return [red!, green!, blue!];
}

/** The sum over wavelengths of one times the other. */
export function integrate(one: Spectrum, other: Spectrum): number {
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0);
}

export function times(one: Spectrum, other: Spectrum): number[] {
  return one.map((value, index) => value * other[index]!);
}
