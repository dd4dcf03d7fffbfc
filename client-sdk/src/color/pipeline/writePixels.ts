import { fixedPoint, yuvToRgb, type YuvFormat } from '../yuv.ts';
import type { Planes } from './planes.ts';

/** Fixed point: 16 bits of fraction. */
const ONE = 1 << 16;
const HALF = ONE >> 1;

/**
 * Y'CbCr to RGBA, row by row without gaps. Exact to the rounding, which Chromium's own software conversion of BT.709 is not (up to 12
 * of 255 off in saturated colours).
 */
export function writePixels(planes: Planes, format: YuvFormat): Uint8ClampedArray<ArrayBuffer> {
  const { data, width, height, luma, chroma } = planes;
  const [red, green, blue] = fixedPoint(yuvToRgb(format), ONE);
  const [gain, , redOfRed, redAdded] = red;
  const [, greenOfBlue, greenOfRed, greenAdded] = green;
  const [, blueOfBlue, , blueAdded] = blue;
  const pixels = new Uint8ClampedArray(width * height * 4);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const lumaRow = luma.offset + y * luma.stride;
    const blueRow = chroma.blueOffset + (y >> 1) * chroma.stride;
    const redRow = chroma.redOffset + (y >> 1) * chroma.stride;
    for (let x = 0; x < width; x++) {
      const grey = gain * data[lumaRow + x]! + HALF;
      const cb = data[blueRow + (x >> 1) * chroma.step]!;
      const cr = data[redRow + (x >> 1) * chroma.step]!;
      pixels[to] = (grey + redOfRed * cr + redAdded) >> 16;
      pixels[to + 1] = (grey + greenOfBlue * cb + greenOfRed * cr + greenAdded) >> 16;
      pixels[to + 2] = (grey + blueOfBlue * cb + blueAdded) >> 16;
      pixels[to + 3] = 255;
      to += 4;
    }
  }
  return pixels;
}
