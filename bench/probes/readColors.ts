import type { Point, Quad } from '../../client-sdk/src/color/card/geometry.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { pictureSize } from './readFrame.ts';

/** Samples along each side of an area. */
const GRID = 24;

/** The picture as a page shows it: drawn into a canvas of sRGB. */
export function drawnPicture(source: CanvasImageSource, { width, height }: { width: number; height: number }): Picture {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(source, 0, 0, width, height);
  return { width, height, data: context.getImageData(0, 0, width, height).data as Uint8ClampedArray<ArrayBuffer> };
}

/** The picture as WebCodecs converts it to RGBA in sRGB. */
export async function copiedPicture(frame: VideoFrame): Promise<Picture> {
  const { width, height } = pictureSize(frame);
  const options: VideoFrameCopyToOptions = { format: 'RGBA', colorSpace: 'srgb' };
  const data = new Uint8ClampedArray(frame.allocationSize(options));
  await frame.copyTo(data, options);
  return { width, height, data };
}

/** The mean red, green and blue byte of each area, one after the other. */
export function readAreas({ width, data }: Picture, areas: readonly Quad[]): number[] {
  return areas.flatMap((area) => {
    const sums = [0, 0, 0];
    for (let row = 0; row < GRID; row++) {
      for (let column = 0; column < GRID; column++) {
        const { x, y } = pointIn(area, (column + 0.5) / GRID, (row + 0.5) / GRID);
        const pixel = (Math.floor(y) * width + Math.floor(x)) * 4;
        for (let channel = 0; channel < 3; channel++) sums[channel]! += data[pixel + channel]!;
      }
    }
    return sums.map((sum) => sum / GRID ** 2);
  });
}

/** Between the corners, without their perspective: on one patch it makes no difference. */
function pointIn([a, b, c, d]: Quad, along: number, down: number): Point {
  const at = (axis: 'x' | 'y') =>
    (a[axis] * (1 - along) + b[axis] * along) * (1 - down) + (d[axis] * (1 - along) + c[axis] * along) * down;
  return { x: at('x'), y: at('y') };
}
