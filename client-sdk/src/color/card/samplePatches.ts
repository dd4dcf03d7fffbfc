import type { Picture } from '../Picture.ts';
import { toLinear } from '../srgb.ts';
import type { ColorCard, LinearRgb } from './ColorCard.ts';
import { project, type Homography } from './geometry.ts';

/** What the picture shows where a patch is. */
export interface PatchSample {
  /** Mean in linear light, without the tenth of the pixels that is darkest and the one that is brightest. */
  color: LinearRgb;
  /** Share of the pixels in which a channel is at the upper end of what a byte holds. */
  clipped: number;
  /** The brightest ninth of the patch's area by the darkest, 1 where it is even: a shadow's edge, a reflection, a finger. */
  unevenness: number;
  /** Mean of the brightest ninth. */
  brightest: LinearRgb;
}

interface Pixel {
  color: LinearRgb;
  /** Relative luminance. */
  light: number;
}

/** Only the inner part of a patch is read, as share of its side: an edge is blurred and may be missed by a pixel. */
const INNER_SHARE = 0.6;
/** More pixels than this along a side bring nothing more. */
const MAX_SAMPLES_ALONG = 36;
const MIN_SAMPLES_ALONG = 6;
const TRIMMED = 0.1;
const CLIPPED_BYTE = 254;
/** Added to both sides of a ratio, so that the noise of a black patch is none. */
const DARK = 0.01;

const linearOfByte = Float32Array.from({ length: 256 }, (_, byte) => toLinear(byte));

/**
 * Reads every patch of the card.
 *
 * @param homography from the card's own coordinates to pixels
 * @returns in the order of the card's patches; null where a patch lies outside of the picture
 */
export function samplePatches(
  picture: Picture,
  card: ColorCard,
  homography: Homography,
): readonly (PatchSample | null)[] {
  return card.patches.map((_patch, index) => {
    const column = index % card.columns;
    const row = Math.floor(index / card.columns);
    return samplePatch(picture, homography, column + 0.5, row + 0.5, card.patchSide * INNER_SHARE);
  });
}

function samplePatch(picture: Picture, homography: Homography, x: number, y: number, side: number): PatchSample | null {
  const along = samplesAlong(homography, x, y, side);
  const pixels: Pixel[] = [];
  const ninths: Pixel[][] = Array.from({ length: 9 }, () => []);
  let clipped = 0;
  for (let index = 0; index < along * along; index++) {
    const u = ((index % along) + 0.5) / along;
    const v = (Math.floor(index / along) + 0.5) / along;
    const point = project(homography, { x: x + (u - 0.5) * side, y: y + (v - 0.5) * side });
    const [px, py] = [Math.floor(point.x), Math.floor(point.y)];
    if (!(px >= 0 && py >= 0 && px < picture.width && py < picture.height)) return null;
    const at = (py * picture.width + px) * 4;
    const bytes = [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!] as const;
    const color = [linearOfByte[bytes[0]]!, linearOfByte[bytes[1]]!, linearOfByte[bytes[2]]!] as const;
    const light = brightness(color);
    const pixel = { color, light };
    pixels.push(pixel);
    if (Math.max(...bytes) >= CLIPPED_BYTE) clipped++;
    ninths[Math.floor(v * 3) * 3 + Math.floor(u * 3)]!.push(pixel);
  }
  const areas = ninths.map(meanOf).sort((one, other) => one.light - other.light);
  const [darkest, brightest] = [areas[0]!, areas.at(-1)!];
  return {
    color: trimmedMean(pixels),
    clipped: clipped / pixels.length,
    unevenness: (brightest.light + DARK) / (darkest.light + DARK),
    brightest: brightest.color,
  };
}

/** One sample a pixel, within reason. */
function samplesAlong(homography: Homography, x: number, y: number, side: number): number {
  const from = project(homography, { x: x - side / 2, y: y - side / 2 });
  const to = project(homography, { x: x + side / 2, y: y + side / 2 });
  const pixels = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / Math.SQRT2);
  return Math.min(MAX_SAMPLES_ALONG, Math.max(MIN_SAMPLES_ALONG, pixels));
}

function trimmedMean(pixels: Pixel[]): LinearRgb {
  pixels.sort((one, other) => one.light - other.light);
  const trimmed = Math.floor(pixels.length * TRIMMED);
  return meanOf(pixels.slice(trimmed, pixels.length - trimmed)).color;
}

function meanOf(pixels: readonly Pixel[]): Pixel {
  const mean = (valueOf: (pixel: Pixel) => number) =>
    pixels.reduce((sum, pixel) => sum + valueOf(pixel), 0) / pixels.length;
  return {
    color: [mean(({ color }) => color[0]), mean(({ color }) => color[1]), mean(({ color }) => color[2])],
    light: mean(({ light }) => light),
  };
}

/** Relative luminance of linear light with sRGB primaries (IEC 61966-2-1). */
export function brightness([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
