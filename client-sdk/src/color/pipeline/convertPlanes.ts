import { fixedPoint, type Affine } from '../yuv.ts';
import { half, type Planes } from './planes.ts';

/** Fixed point: 16 bits of fraction. */
const ONE = 1 << 16;
const HALF = ONE >> 1;

/**
 * Y'CbCr to Y'CbCr of another format. Chroma of such a step does not depend on luma, since grey stays grey; so it is computed
 * once for four pixels.
 */
export function convertPlanes(from: Planes, to: Planes, step: Affine): void {
  const { width, height, data: source } = from;
  const { data: target } = to;
  const [luma, blueRow, redRow] = fixedPoint(step, ONE);
  const [lumaGain, lumaOfBlue, lumaOfRed, lumaAdded] = luma;
  const [, blueOfBlue, blueOfRed, blueAdded] = blueRow;
  const [, redOfBlue, redOfRed, redAdded] = redRow;
  for (let y = 0; y < half(height); y++) {
    const upper = 2 * y;
    // The last row and column of an odd size are written twice.
    const lower = Math.min(upper + 1, height - 1);
    const sourceUpper = from.luma.offset + upper * from.luma.stride;
    const sourceLower = from.luma.offset + lower * from.luma.stride;
    const targetUpper = to.luma.offset + upper * to.luma.stride;
    const targetLower = to.luma.offset + lower * to.luma.stride;
    let sourceBlue = from.chroma.blueOffset + y * from.chroma.stride;
    let sourceRed = from.chroma.redOffset + y * from.chroma.stride;
    let targetBlue = to.chroma.blueOffset + y * to.chroma.stride;
    let targetRed = to.chroma.redOffset + y * to.chroma.stride;
    for (let left = 0; left < width; left += 2) {
      const right = left + 1 < width ? left + 1 : left;
      const blue = source[sourceBlue]!;
      const red = source[sourceRed]!;
      const added = lumaOfBlue * blue + lumaOfRed * red + lumaAdded + HALF;
      target[targetUpper + left] = (lumaGain * source[sourceUpper + left]! + added) >> 16;
      target[targetUpper + right] = (lumaGain * source[sourceUpper + right]! + added) >> 16;
      target[targetLower + left] = (lumaGain * source[sourceLower + left]! + added) >> 16;
      target[targetLower + right] = (lumaGain * source[sourceLower + right]! + added) >> 16;
      target[targetBlue] = (blueOfBlue * blue + blueOfRed * red + blueAdded + HALF) >> 16;
      target[targetRed] = (redOfBlue * blue + redOfRed * red + redAdded + HALF) >> 16;
      sourceBlue += from.chroma.step;
      sourceRed += from.chroma.step;
      targetBlue += to.chroma.step;
      targetRed += to.chroma.step;
    }
  }
}
