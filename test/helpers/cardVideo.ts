import { writeFile } from 'node:fs/promises';
import type { LightName } from '../../bench/colour/spectra/lights.ts';
import { cardPictures } from '../../bench/probes/cardPictures.ts';
import { CARD_CORNERS, cardUnder, PICTURE } from '../../bench/scenarios/colourScenes.ts';
import type { LinearRgb } from '../../client-sdk/src/color/card/ColorCard.ts';
import type { Quad } from '../../client-sdk/src/color/card/geometry.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { rgbToYuv } from '../../client-sdk/src/color/yuv.ts';

export interface CardVideoOptions {
  light?: LightName;
  /** Factor of the light. */
  exposure?: number;
  /** Pixels, an even number; the height goes with it. */
  width?: number;
}

/**
 * Writes what a camera sees of the 24-patch chart on a tea table, in a light that its white balance does not know: a file for
 * Chromium's `--use-file-for-fake-video-capture`, which plays it again and again.
 */
export async function writeCardVideo(file: string, options: CardVideoOptions = {}): Promise<void> {
  const { light = '2700k', exposure = 1, width = 640 } = options;
  const scale = width / PICTURE.width;
  const height = PICTURE.height * scale;
  const seen = cardUnder(light, 1);
  const dim = ([red, green, blue]: LinearRgb): LinearRgb => [red * exposure, green * exposure, blue * exposure];
  const frames = cardPictures({
    ...seen,
    width,
    height,
    corners: CARD_CORNERS.map(({ x, y }) => ({ x: x * scale, y: y * scale })) as unknown as Quad,
    patchColors: seen.patchColors.map(dim),
    frameColor: dim(seen.frameColor),
  });
  const head = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`;
  const parts = frames.flatMap((frame) => [Buffer.from('FRAME\n'), toI420(frame)]);
  await writeFile(file, Buffer.concat([Buffer.from(head), ...parts]));
}

/** BT.601 with limited range, as cameras give it. */
function toI420({ width, height, data }: Picture): Buffer {
  const [luma, ...chroma] = rgbToYuv({ matrix: 'bt601', fullRange: false });
  const at = ([red, green, blue, black]: typeof luma, x: number, y: number) => {
    const pixel = (y * width + x) * 4;
    return red * data[pixel]! + green * data[pixel + 1]! + blue * data[pixel + 2]! + black;
  };
  const planes = Buffer.alloc(width * height * 1.5);
  let next = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) planes[next++] = Math.round(at(luma, x, y));
  for (const row of chroma) {
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        planes[next++] = Math.round(
          (at(row, x, y) + at(row, x + 1, y) + at(row, x, y + 1) + at(row, x + 1, y + 1)) / 4,
        );
      }
    }
  }
  return planes;
}
