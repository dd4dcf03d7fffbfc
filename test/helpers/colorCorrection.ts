import type { ColorCorrection } from '../../client-sdk/src/color/ColorCorrection.ts';
import { correctPicture } from '../../client-sdk/src/color/correctPicture.ts';
import type { Rgb } from './PatchCamera.ts';

/** Warm light taken out: far enough from nothing that no test passes by chance. */
export const correction: ColorCorrection = {
  gains: [0.8, 1, 1.4],
  matrix: [1.1, -0.08, -0.02, -0.05, 1.08, -0.03, 0, -0.1, 1.1],
};

export function corrected(color: Rgb): Rgb {
  const data = new Uint8ClampedArray([...color, 255]);
  correctPicture({ width: 1, height: 1, data }, correction);
  return [data[0]!, data[1]!, data[2]!];
}
