import { backgrounds, type BackgroundName } from '../../../../../bench/colour/backgrounds.ts';
import { renderCardScene, type CardScene } from '../../../../../bench/colour/renderCardScene.ts';
import { chaxiCard } from '../../../../../client-sdk/src/color/card/chaxiCard.ts';
import type { ColorCard, LinearRgb } from '../../../../../client-sdk/src/color/card/ColorCard.ts';
import type { Point, Quad } from '../../../../../client-sdk/src/color/card/geometry.ts';
import type { Picture } from '../../../../../client-sdk/src/color/Picture.ts';

/** What a daylight camera makes of white paper in some lights, as factors of linear light. */
export const casts = {
  neutral: [0.9, 0.9, 0.9],
  tungsten: [1.05, 0.6, 0.2],
  warm: [1, 0.75, 0.42],
  green: [0.6, 0.9, 0.5],
  cool: [0.7, 0.8, 1],
} as const satisfies Record<string, LinearRgb>;

export interface Placed {
  card?: ColorCard;
  width?: number;
  height?: number;
  /** Of the picture's width that the card takes before it is turned. */
  share?: number;
  degrees?: number;
  /** How much nearer one side is than the other: -1 to 1, across and along. */
  tilt?: readonly [number, number];
  cast?: LinearRgb;
  background?: BackgroundName;
  /** Sets the colours of the patches; by default the card's own in the light. */
  patchColors?: CardScene['patchColors'];
  light?: CardScene['light'];
  glare?: CardScene['glare'];
  blur?: number;
  noise?: number;
  seed?: number;
  /** A hand over this share of the card's length, from its left. */
  hand?: number;
  /** A finger over the patch of this index. */
  finger?: number;
}

const SKIN: LinearRgb = [0.48, 0.27, 0.19];

/** A card in the middle of a picture. */
export function placedCard(options: Placed): { picture: Picture; corners: Quad } {
  const { card = chaxiCard, width = 640, height = 360, cast = casts.neutral, background, seed = 1 } = options;
  const corners = cornersOf(card, width, height, options);
  const inLight = ([red, green, blue]: LinearRgb): LinearRgb => [red * cast[0], green * cast[1], blue * cast[2]];
  const picture = renderCardScene({
    card,
    width,
    height,
    corners,
    patchColors: options.patchColors ?? card.patches.map(({ color }) => inLight(color)),
    background: background && backgrounds[background](width, height, seed),
    light: options.light,
    glare: options.glare,
    covers: coversOf(options, card, corners).map((quad) => ({ quad, color: inLight(SKIN) })),
    blur: options.blur ?? 0.6,
    noise: options.noise ?? 0.01,
    seed,
  });
  return { picture, corners };
}

/** A picture with no card in it. */
export function emptyTable(background: BackgroundName, seed: number, noise = 0.02): Picture {
  const beside = { x: -10, y: -10 };
  const corners: Quad = [beside, { x: -5, y: -10 }, { x: -5, y: -5 }, { x: -10, y: -5 }];
  const [width, height] = [640, 360];
  return renderCardScene({
    card: chaxiCard,
    width,
    height,
    corners,
    background: backgrounds[background](width, height, seed),
    blur: 0.6,
    noise,
    seed,
  });
}

function cornersOf(card: ColorCard, width: number, height: number, { share = 0.5, degrees = 0, tilt }: Placed): Quad {
  const [tiltX, tiltY] = tilt ?? [0, 0];
  const halfWidth = (share * width) / 2;
  const halfHeight = (halfWidth * (card.rows + 2 * card.margin)) / (card.columns + 2 * card.margin);
  const angle = (degrees * Math.PI) / 180;
  const corner = (x: number, y: number): Point => {
    const depth = 1 + (x * tiltX + y * tiltY) / 3;
    // What leans away is also narrower.
    const u = (x * halfWidth * (1 - Math.abs(tiltX) / 2)) / depth;
    const v = (y * halfHeight * (1 - Math.abs(tiltY) / 2)) / depth;
    return {
      x: width / 2 + u * Math.cos(angle) - v * Math.sin(angle),
      y: height / 2 + u * Math.sin(angle) + v * Math.cos(angle),
    };
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

function coversOf({ hand, finger }: Placed, { columns, rows }: ColorCard, corners: Quad): Quad[] {
  const at = (x: number, y: number): Point => {
    const mix = (one: Point, other: Point, share: number) => ({
      x: one.x + (other.x - one.x) * share,
      y: one.y + (other.y - one.y) * share,
    });
    return mix(mix(corners[0], corners[1], x), mix(corners[3], corners[2], x), y);
  };
  const area = (left: number, top: number, right: number, bottom: number): Quad => [
    at(left, top),
    at(right, top),
    at(right, bottom),
    at(left, bottom),
  ];
  const covers: Quad[] = [];
  if (hand !== undefined) covers.push(area(-0.3, -0.2, hand, 1.2));
  if (finger !== undefined) {
    const [column, row] = [finger % columns, Math.floor(finger / columns)];
    covers.push(area(column / columns, row / rows, (column + 1) / columns, (row + 1) / rows));
  }
  return covers;
}
