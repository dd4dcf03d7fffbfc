import type { Picture } from '../Picture.ts';

/** A smaller picture of bytes without alpha. */
export interface ReducedPicture {
  width: number;
  height: number;
  /** Red, green and blue of each pixel, 0 to 255 in sRGB. */
  data: Float32Array;
  /** How many pixels of the picture one of these is wide and high. */
  factor: number;
}

/** Averages blocks of pixels; what is left over at the right and the bottom falls away. */
export function reducePicture(picture: Picture, factor: number): ReducedPicture {
  const width = Math.floor(picture.width / factor);
  const height = Math.floor(picture.height / factor);
  const data = new Float32Array(width * height * 3);
  const share = 1 / factor ** 2;
  for (let y = 0; y < height * factor; y++) {
    const line = Math.floor(y / factor) * width * 3;
    let from = y * picture.width * 4;
    for (let x = 0, to = line; x < width; x++, to += 3) {
      for (let k = 0; k < factor; k++, from += 4) {
        data[to]! += picture.data[from]! * share;
        data[to + 1]! += picture.data[from + 1]! * share;
        data[to + 2]! += picture.data[from + 2]! * share;
      }
    }
  }
  return { width, height, data, factor };
}
