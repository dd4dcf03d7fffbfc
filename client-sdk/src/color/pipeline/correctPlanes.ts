import type { ColorCorrection } from '../ColorCorrection.ts';
import { correctionMatrix } from '../correctionMatrix.ts';
import { BEYOND_WHITE, correctionTables, ENTRIES, LIGHT_LEVELS, lightLevel, LOWEST_BYTE } from '../correctionTables.ts';
import { fromLinear, toLinear } from '../srgb.ts';
import { fixedPoint, rgbToYuv, yuvToRgb, type YuvFormat } from '../yuv.ts';
import { half, type Planes } from './planes.ts';

/** Fixed point: 16 bits of fraction. */
const ONE = 1 << 16;
/** Of products with table entries, which are ENTRIES times a byte. */
const SHIFT = 16 + Math.log2(ENTRIES);
/** Where the slope of luma is taken: a mid grey, in bytes. */
const GREY = 128;
const WHITE = 255 * ENTRIES;

/**
 * Y'CbCr to corrected Y'CbCr. The four pixels of a block share their chroma; their mean is corrected exactly, and what each
 * one differs from it in luma goes with the slope that greys have. So every block has the true colour, at a third of the
 * time that each pixel for itself takes; the error is a part of the contrast within a block. What comes out white stays white,
 * without the grain that it had: only a pixel so much darker than its block that it is not white shows. `from` and `to` may be
 * the same.
 */
export function correctPlanes(
  from: Planes,
  format: YuvFormat,
  to: Planes,
  target: YuvFormat,
  correction: ColorCorrection,
): void {
  const { toLight, fromLight } = correctionTables();
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = correctionMatrix(correction);
  const [[gain, , redOfRed, redOffset], [, greenOfBlue, greenOfRed, greenOffset], [, blueOfBlue, , blueOffset]] =
    fixedPoint(yuvToRgb(format), ENTRIES * ONE);
  const lowest = LOWEST_BYTE * ENTRIES * ONE;
  const [redAdded, greenAdded, blueAdded] = [redOffset - lowest, greenOffset - lowest, blueOffset - lowest];
  // The luma of a block comes as the sum of four.
  const gainOfSum = Math.round(gain / 4);
  const [[yr, yg, yb, blackOffset], [br, bg, bb, neutralOffset], [rr, rg, rb]] = fixedPoint(rgbToYuv(target), ONE);
  // With half a byte, since a shift cuts off.
  const black = blackOffset * ENTRIES + (1 << (SHIFT - 1));
  const neutral = neutralOffset * ENTRIES + (1 << (SHIFT - 1));
  const slope = Math.round((greySlope(correction, format, target) * (1 << SHIFT)) / 4);
  // Luma of black and white: what lies beyond them no receiver shows, and coders spend bits on it.
  const [least, most] = target.fullRange ? [0, 255] : [16, 235];
  const { width, height, data: source } = from;
  const { data } = to;
  for (let y = 0; y < half(height); y++) {
    const upper = from.luma.offset + 2 * y * from.luma.stride;
    // The last row and column of an odd size count twice.
    const lower = 2 * y + 1 < height ? upper + from.luma.stride : upper;
    const toUpper = to.luma.offset + 2 * y * to.luma.stride;
    const toLower = 2 * y + 1 < height ? toUpper + to.luma.stride : toUpper;
    let blueAt = from.chroma.blueOffset + y * from.chroma.stride;
    let redAt = from.chroma.redOffset + y * from.chroma.stride;
    let toBlue = to.chroma.blueOffset + y * to.chroma.stride;
    let toRed = to.chroma.redOffset + y * to.chroma.stride;
    for (let left = 0; left < width; left += 2) {
      const right = left + 1 < width ? left + 1 : left;
      const a = source[upper + left]!;
      const b = source[upper + right]!;
      const c = source[lower + left]!;
      const d = source[lower + right]!;
      const sum = a + b + c + d;
      const cb = source[blueAt]!;
      const cr = source[redAt]!;
      const grey = gainOfSum * sum;
      const red = toLight[(grey + redOfRed * cr + redAdded) >> 16]!;
      const green = toLight[(grey + greenOfBlue * cb + greenOfRed * cr + greenAdded) >> 16]!;
      const blue = toLight[(grey + blueOfBlue * cb + blueAdded) >> 16]!;
      const redLight = m0 * red + m1 * green + m2 * blue;
      const greenLight = m3 * red + m4 * green + m5 * blue;
      const blueLight = m6 * red + m7 * green + m8 * blue;
      const r = fromLight[lightLevel(redLight)]!;
      const g = fromLight[lightLevel(greenLight)]!;
      const u = fromLight[lightLevel(blueLight)]!;
      let luma = yr * r + yg * g + yb * u + black;
      let contrast = slope;
      if (r + g + u === 3 * WHITE) {
        const light = Math.min(redLight, greenLight, blueLight, BEYOND_WHITE * LIGHT_LEVELS);
        luma += (yr + yg + yb) * (fromLight[light | 0]! - WHITE);
      } else if (r + g + u === 0) {
        contrast = 0;
      }
      const first = (luma + contrast * (4 * a - sum)) >> SHIFT;
      const second = (luma + contrast * (4 * b - sum)) >> SHIFT;
      const third = (luma + contrast * (4 * c - sum)) >> SHIFT;
      const fourth = (luma + contrast * (4 * d - sum)) >> SHIFT;
      data[toUpper + left] = first < least ? least : first > most ? most : first;
      data[toUpper + right] = second < least ? least : second > most ? most : second;
      data[toLower + left] = third < least ? least : third > most ? most : third;
      data[toLower + right] = fourth < least ? least : fourth > most ? most : fourth;
      data[toBlue] = (br * r + bg * g + bb * u + neutral) >> SHIFT;
      data[toRed] = (rr * r + rg * g + rb * u + neutral) >> SHIFT;
      blueAt += from.chroma.step;
      redAt += from.chroma.step;
      toBlue += to.chroma.step;
      toRed += to.chroma.step;
    }
  }
}

/** How much luma changes after the correction where it changes by one before it, around a mid grey. */
function greySlope(correction: ColorCorrection, format: YuvFormat, target: YuvFormat): number {
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = correctionMatrix(correction);
  const [red, green, blue] = rgbToYuv(target)[0];
  const lumaOf = (byte: number) => {
    const light = toLinear(byte);
    const encoded = (sum: number) => fromLinear(Math.max(0, sum * light));
    return red * encoded(m0 + m1 + m2) + green * encoded(m3 + m4 + m5) + blue * encoded(m6 + m7 + m8);
  };
  return ((lumaOf(GREY + 1) - lumaOf(GREY - 1)) / 2) * yuvToRgb(format)[0][0];
}
