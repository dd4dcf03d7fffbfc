import type { Quad } from '../../client-sdk/src/color/card/geometry.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';

/** Flat patches side by side, in rows, that fill the picture. */
export interface PatchPicture {
  width: number;
  height: number;
  columns: number;
  rows: number;
  /** sRGB bytes, three a patch, row by row. */
  colors: number[];
}

export function patchPicture({ width, height, columns, rows, colors }: PatchPicture): Picture {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const patch = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      const pixel = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) data[pixel + channel] = colors[patch * 3 + channel]!;
    }
  }
  return { width, height, data };
}

/** The middle of each patch, half as wide and high as it, in the order of the colours. */
export function patchAreas({ width, height, columns, rows }: Omit<PatchPicture, 'colors'>): Quad[] {
  return Array.from({ length: columns * rows }, (_, patch) => {
    const at = (dx: number, dy: number) => ({
      x: ((patch % columns) + dx) * (width / columns),
      y: (Math.floor(patch / columns) + dy) * (height / rows),
    });
    return [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)];
  });
}
