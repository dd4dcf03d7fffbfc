import { backgrounds } from '../colour/backgrounds.ts';
import { renderCardScene } from '../colour/renderCardScene.ts';
import type { LinearRgb } from '../../client-sdk/src/color/card/ColorCard.ts';
import { classic24 } from '../../client-sdk/src/color/card/classic24.ts';
import type { Quad } from '../../client-sdk/src/color/card/geometry.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';

/** The 24-patch chart on a table, as a camera sees it under some light. */
export interface CardPicture {
  width: number;
  height: number;
  corners: Quad;
  /** In linear light of sRGB: of the patches, of the card's frame, and of white, which the table is tinted with. */
  patchColors: readonly LinearRgb[];
  frameColor: LinearRgb;
  white: LinearRgb;
  seed: number;
}

/** Frames that differ in their noise alone; shown in turn they are as restless as a camera's. */
const FRAMES = 4;
/** In linear light at white: about what a webcam has indoors. */
const NOISE = 0.012;
const BLUR_PIXELS = 0.7;
/** How much darker the corners of the picture are than its middle: lenses do that. */
const VIGNETTE = 0.08;

export function cardPictures({ white, seed, ...scene }: CardPicture): Picture[] {
  const wood = backgrounds.wood(scene.width, scene.height, seed);
  const brightest = Math.max(...white);
  return Array.from({ length: FRAMES }, (_, frame) =>
    renderCardScene({
      ...scene,
      card: classic24,
      background: (x, y) => {
        const [red, green, blue] = wood(x, y);
        return [(red * white[0]) / brightest, (green * white[1]) / brightest, (blue * white[2]) / brightest];
      },
      light: (x, y) => {
        const level = 1 - VIGNETTE * 2 * ((x - 0.5) ** 2 + (y - 0.5) ** 2);
        return [level, level, level];
      },
      ...{ blur: BLUR_PIXELS, noise: NOISE, seed: seed * FRAMES + frame },
    }),
  );
}
