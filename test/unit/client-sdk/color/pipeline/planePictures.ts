import fc from 'fast-check';
import { i420Planes, i420Size, type Planes } from '../../../../../client-sdk/src/color/pipeline/planes.ts';
import type { YuvFormat } from '../../../../../client-sdk/src/color/yuv.ts';

export const anyFormat: fc.Arbitrary<YuvFormat> = fc.record({
  matrix: fc.constantFrom('bt601', 'bt709'),
  fullRange: fc.boolean(),
});

/** Odd ones too. */
export const anySize = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });

/** Planes that are filled with a value that is easily seen where it was forgotten. */
export function emptyPlanes({ width, height }: { width: number; height: number }): Planes {
  return i420Planes(new Uint8ClampedArray(i420Size(width, height)).fill(201), width, height);
}

/** One colour everywhere. */
export function flatPlanes(size: { width: number; height: number }, yuv: readonly [number, number, number]): Planes {
  const planes = emptyPlanes(size);
  const { data, chroma } = planes;
  data.fill(yuv[0], 0, chroma.blueOffset);
  data.fill(yuv[1], chroma.blueOffset, chroma.redOffset);
  data.fill(yuv[2], chroma.redOffset);
  return planes;
}

/** The same samples with the two chroma planes in one another, and gaps after each row. */
export function asNv12(planes: Planes): Planes {
  const { data, width, height, luma, chroma } = planes;
  const [columns, rows, gap] = [(width + 1) >> 1, (height + 1) >> 1, 3];
  const lumaStride = width + gap;
  const chromaStride = 2 * columns + gap;
  const blueOffset = lumaStride * height;
  const copy = new Uint8ClampedArray(blueOffset + chromaStride * rows);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) copy[y * lumaStride + x] = data[luma.offset + y * luma.stride + x]!;
  }
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      copy[blueOffset + y * chromaStride + 2 * x] = data[chroma.blueOffset + y * chroma.stride + x]!;
      copy[blueOffset + y * chromaStride + 2 * x + 1] = data[chroma.redOffset + y * chroma.stride + x]!;
    }
  }
  return {
    data: copy,
    width,
    height,
    luma: { offset: 0, stride: lumaStride },
    chroma: { blueOffset, redOffset: blueOffset + 1, stride: chromaStride, step: 2 },
  };
}
