import { fromLinear, toLinear, type Picture, type RgbBytes } from '../../../client-sdk/src/color/index.ts';

/**
 * The mean of the pixels within a circle, in linear light as the eye would mix them; a radius of 0 is the one pixel. Pixels
 * beyond the edge, which are transparent, do not count.
 * @param center in pixels of the picture, whole numbers
 * @returns sRGB bytes with fractions; null where the whole circle is beyond the edge
 */
export function averageCircle(picture: Picture, center: { x: number; y: number }, radius: number): RgbBytes | null {
  const { width, height, data } = picture;
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = Math.max(0, center.y - radius); y <= Math.min(height - 1, center.y + radius); y++) {
    for (let x = Math.max(0, center.x - radius); x <= Math.min(width - 1, center.x + radius); x++) {
      const offset = 4 * (y * width + x);
      const isWithin = (x - center.x) ** 2 + (y - center.y) ** 2 <= radius ** 2;
      if (!isWithin || data[offset + 3] === 0) continue;
      for (const channel of [0, 1, 2] as const) sums[channel] += toLinear(data[offset + channel]!);
      count++;
    }
  }
  if (count === 0) return null;
  const byte = (sum: number) => fromLinear(sum / count);
  return [byte(sums[0]), byte(sums[1]), byte(sums[2])];
}
