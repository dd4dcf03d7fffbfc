import { fixedPoint, rgbToYuv, type Affine, type YuvFormat } from '../yuv.ts';
import { half, type Planes } from './planes.ts';

/** R'G'B' pixels of four bytes, row by row without gaps. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  /** Green is always the second byte. */
  order: 'rgba' | 'bgra';
}

/** Fixed point: 16 bits of fraction, and two more for a sum of four pixels. */
const ONE = 1 << 16;
const LUMA_SHIFT = 16;
const CHROMA_SHIFT = 18;

/** R'G'B' to Y'CbCr: luma of every pixel, chroma of the mean of each four. */
export function readPixels(pixels: Pixels, to: Planes, target: YuvFormat): void {
  const [luma, blue, red] = fixedPoint(rgbToYuv(target), ONE);
  readLuma(pixels, to, luma);
  readChroma(pixels, to, blue, to.chroma.blueOffset);
  readChroma(pixels, to, red, to.chroma.redOffset);
}

type Row = Affine[number];

function readLuma({ data: source, width, height, order }: Pixels, { data, luma }: Planes, row: Row): void {
  const [red, green, blue, offset] = row;
  const [first, third] = order === 'rgba' ? [red, blue] : [blue, red];
  // With half a byte, since a shift cuts off.
  const added = offset + (1 << (LUMA_SHIFT - 1));
  let from = 0;
  for (let y = 0; y < height; y++) {
    let at = luma.offset + y * luma.stride;
    for (let x = 0; x < width; x++) {
      data[at++] =
        (first * source[from]! + green * source[from + 1]! + third * source[from + 2]! + added) >> LUMA_SHIFT;
      from += 4;
    }
  }
}

function readChroma(
  { data: source, width, height, order }: Pixels,
  { data, chroma }: Planes,
  row: Row,
  planeOffset: number,
): void {
  const [red, green, blue, offset] = row;
  const [first, third] = order === 'rgba' ? [red, blue] : [blue, red];
  const added = 4 * offset + (1 << (CHROMA_SHIFT - 1));
  for (let y = 0; y < half(height); y++) {
    const upper = 2 * y * width * 4;
    // The last row and column of an odd size count twice.
    const below = 2 * y + 1 < height ? width * 4 : 0;
    let at = planeOffset + y * chroma.stride;
    for (let x = 0; x < width; x += 2) {
      const a = upper + x * 4;
      const b = x + 1 < width ? a + 4 : a;
      const c = a + below;
      const d = b + below;
      data[at] =
        (first * (source[a]! + source[b]! + source[c]! + source[d]!) +
          green * (source[a + 1]! + source[b + 1]! + source[c + 1]! + source[d + 1]!) +
          third * (source[a + 2]! + source[b + 2]! + source[c + 2]! + source[d + 2]!) +
          added) >>
        CHROMA_SHIFT;
      at += chroma.step;
    }
  }
}
