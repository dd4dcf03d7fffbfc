import { classic24 } from '../../client-sdk/src/color/card/classic24.ts';
import { fitHomography, project, type Homography, type Quad } from '../../client-sdk/src/color/card/geometry.ts';
import { fromLinear } from '../../client-sdk/src/color/srgb.ts';
import { outlineOf } from '../../client-sdk/src/color/card/outlineOf.ts';
import { lights, type LightName } from '../colour/spectra/lights.ts';
import { ohtaChart, wavelengths } from '../colour/spectra/published.ts';
import { SpectralCamera } from '../colour/spectra/SpectralCamera.ts';
import type { Size } from '../options.ts';
import type { CardPicture } from '../probes/cardPictures.ts';
import type { PatchPicture } from '../probes/patchPicture.ts';

export const PICTURE: Size = { width: 1_280, height: 720 };

/** Held by hand: a little turned, and leaning away at the right. */
export const CARD_CORNERS: Quad = [
  { x: 262, y: 118 },
  { x: 1_010, y: 82 },
  { x: 1_026, y: 596 },
  { x: 246, y: 640 },
];
/** Half the side of the part of a patch that is read, in patches. */
const READ_HALF = 0.22;
/** Of the card's frame between the patches. */
const FRAME_REFLECTANCE = 0.03;
const WHITE_PATCH = 18;

/** The published colours of the chart's 24 patches as sRGB bytes; the one that lies outside of sRGB is clipped. */
export const REFERENCE: number[] = classic24.patches.flatMap(({ color }) =>
  color.map((linear) => Math.round(Math.min(255, Math.max(0, fromLinear(linear))))),
);

/** The chart's colours, as large as the picture has room for. */
export function referencePatches(): PatchPicture {
  return { ...PICTURE, columns: classic24.columns, rows: classic24.rows, colors: REFERENCE };
}

/** The card before a camera that is locked to its preset for fluorescent lamps. */
export function cardUnder(light: LightName, seed: number): CardPicture {
  const frame = wavelengths.map(() => FRAME_REFLECTANCE);
  const seen = new SpectralCamera().see(lights[light].spectrum, [...ohtaChart, frame]);
  return {
    ...PICTURE,
    corners: CARD_CORNERS,
    patchColors: seen.slice(0, ohtaChart.length),
    frameColor: seen.at(-1)!,
    white: seen[WHITE_PATCH]!,
    seed,
  };
}

/** The middles of the card's patches in the picture. */
export function cardAreas(): Quad[] {
  const outline = outlineOf(classic24);
  const toPicture = fitHomography(outline.map((point, index) => [point, CARD_CORNERS[index]!] as const)) as Homography;
  return classic24.patches.map((_, patch) => {
    const [column, row] = [(patch % classic24.columns) + 0.5, Math.floor(patch / classic24.columns) + 0.5];
    const at = (dx: number, dy: number) => project(toPicture, { x: column + dx * READ_HALF, y: row + dy * READ_HALF });
    return [at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)];
  });
}
