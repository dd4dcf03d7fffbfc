import type { ColorCard, LinearRgb } from '../../client-sdk/src/color/card/ColorCard.ts';
import { fitHomography, invert, project, type Point, type Quad } from '../../client-sdk/src/color/card/geometry.ts';
import { outlineOf } from '../../client-sdk/src/color/card/outlineOf.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { seededRandom } from '../lib/random.ts';
import { blurPlanes } from './blurPlanes.ts';
import { encodePicture } from './encodePicture.ts';

/** What a camera sees of a card that someone holds before it, all in linear light with sRGB primaries. */
export interface CardScene {
  card: ColorCard;
  /** As the camera gives them; the card's own where it is not said. */
  patchColors?: readonly LinearRgb[];
  /** Of the card's outline in the picture, clockwise from the card's own top left. */
  corners: Quad;
  width: number;
  height: number;
  /** The frame between the patches. */
  frameColor?: LinearRgb;
  /** What lies behind the card, by pixel. */
  background?: (x: number, y: number) => LinearRgb;
  /** What lies upon it, as a hand does: the first that holds a pixel is seen. */
  covers?: readonly { quad: Quad; color: LinearRgb }[];
  /** Factors of the light by place in the picture, 0 to 1 from its top left: gradients, vignettes, a second lamp. */
  light?: (x: number, y: number) => LinearRgb;
  /** Light that is added by reflection, of the card alone; place as for `light`. */
  glare?: (x: number, y: number) => number;
  /** Standard deviation of a Gaussian, in pixels. */
  blur?: number;
  /** Standard deviation at white, in linear light; it falls with the root of the light, as that of photons does. */
  noise?: number;
  seed?: number;
}

const BLACK_FRAME: LinearRgb = [0.018, 0.018, 0.018];
const GREY: LinearRgb = [0.2, 0.2, 0.2];
/** Samples a pixel and direction on the card, so that edges are as a lens gives them. */
const SAMPLES = 2;
/** Even a black pixel has the noise of reading it. */
const DARK_NOISE = 0.02;

export function renderCardScene(scene: CardScene): Picture {
  const { width, height, blur = 0, noise = 0, seed = 1 } = scene;
  const planes = paint(scene);
  if (blur > 0) blurPlanes(planes, width, height, blur);
  if (noise > 0) addNoise(planes, noise, seededRandom(seed));
  return encodePicture(planes, width, height);
}

/** Three floats a pixel. */
function paint({ width, height, background, light, ...scene }: CardScene): Float32Array {
  const colorAt = cardPainter(scene);
  const planes = new Float32Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [red, green, blue] = colorAt(x, y, width, height) ?? background?.(x, y) ?? GREY;
      const [byRed, byGreen, byBlue] = light?.((x + 0.5) / width, (y + 0.5) / height) ?? [1, 1, 1];
      planes[at] = red * byRed;
      planes[at + 1] = green * byGreen;
      planes[at + 2] = blue * byBlue;
    }
  }
  return planes;
}

type PixelPainter = (x: number, y: number, width: number, height: number) => LinearRgb | null;

/** @returns what gives a pixel of the card and of what lies upon it, and null beside both */
function cardPainter(scene: Omit<CardScene, 'width' | 'height' | 'background' | 'light'>): PixelPainter {
  const { card, corners, covers = [], frameColor = BLACK_FRAME, glare } = scene;
  const colors = scene.patchColors ?? card.patches.map(({ color }) => color);
  const toCard = invert(fitHomography(outlineOf(card).map((point, index) => [point, corners[index]!] as const))!);
  const [left, right] = rangeOf(corners.map(({ x }) => x));
  const [top, bottom] = rangeOf(corners.map(({ y }) => y));
  const surface = (point: Point): LinearRgb | null => {
    const { x, y } = project(toCard, point);
    const { columns, rows, margin, patchSide } = card;
    if (x < -margin || y < -margin || x > columns + margin || y > rows + margin) return null;
    const column = Math.floor(x);
    const row = Math.floor(y);
    const isPatch =
      column >= 0 &&
      row >= 0 &&
      column < columns &&
      row < rows &&
      Math.max(Math.abs(x - column - 0.5), Math.abs(y - row - 0.5)) < patchSide / 2;
    return isPatch ? colors[row * columns + column]! : frameColor;
  };
  return (x, y, width, height) => {
    const cover = covers.find(({ quad }) => isInside(quad, { x: x + 0.5, y: y + 0.5 }));
    if (cover) return cover.color;
    if (x + 1 < left || x > right || y + 1 < top || y > bottom) return null;
    const sum: [number, number, number] = [0, 0, 0];
    let count = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const dx = ((sample % SAMPLES) + 0.5) / SAMPLES;
      const dy = (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
      const color = surface({ x: x + dx, y: y + dy });
      if (!color) continue;
      count++;
      for (const channel of [0, 1, 2] as const) sum[channel] += color[channel];
    }
    if (count === 0) return null;
    const added = glare?.((x + 0.5) / width, (y + 0.5) / height) ?? 0;
    return [sum[0] / count + added, sum[1] / count + added, sum[2] / count + added];
  };
}

function isInside(quad: Quad, point: Point): boolean {
  return quad.every((corner, index) => {
    const next = quad[(index + 1) % 4]!;
    return (next.x - corner.x) * (point.y - corner.y) - (next.y - corner.y) * (point.x - corner.x) >= 0;
  });
}

function rangeOf(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function addNoise(planes: Float32Array, noise: number, random: () => number): void {
  for (let at = 0; at < planes.length; at += 2) {
    // Two numbers of a normal distribution from two of an even one (Box and Muller).
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    planes[at]! += noise * Math.sqrt(Math.max(planes[at]!, DARK_NOISE)) * radius * Math.cos(angle);
    if (at + 1 < planes.length) {
      planes[at + 1]! += noise * Math.sqrt(Math.max(planes[at + 1]!, DARK_NOISE)) * radius * Math.sin(angle);
    }
  }
}
