import type { ColorCorrection } from './ColorCorrection.ts';

/** Gains and matrix as one: 3 x 3, row-major, from linear light to linear light. */
export function correctionMatrix({ gains, matrix }: ColorCorrection): ColorCorrection['matrix'] {
  const [red, green, blue] = gains;
  const [a, b, c, d, e, f, g, h, i] = matrix;
  return [a * red, b * green, c * blue, d * red, e * green, f * blue, g * red, h * green, i * blue];
}
