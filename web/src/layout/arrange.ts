/** Pixels of a box. */
export interface Size {
  width: number;
  height: number;
}

export interface ArrangeInput {
  /** Room for stage and strip together. */
  area: Size;
  /** Tiles in the strip. */
  tiles: number;
  /** Width by height of the picture on the stage. */
  aspect: number;
}

export interface Arrangement {
  /** Where the strip runs: beside the stage, below it, or not at all. */
  strip: 'side' | 'below' | 'none';
  /** The picture on the stage: as large as it fits, in its own proportions, so that nothing is cropped. */
  stage: Size;
  /** The picture of a tile in the strip. */
  tile: Size;
}

/** Space between pictures. */
export const GAP = 12;
/** The line below a picture that says who it is. */
export const CAPTION = 32;
const TILE_ASPECT = 4 / 3;
const SMALLEST_TILE = 84;

export function arrange({ area, tiles, aspect }: ArrangeInput): Arrangement {
  const noTile = { width: 0, height: 0 };
  if (tiles === 0) {
    return { strip: 'none', stage: fit(aspect, { ...area, height: area.height - CAPTION }), tile: noTile };
  }
  const side = besideStage(area);
  const below = belowStage(area, aspect, tiles);
  const sideStage = fit(aspect, { width: area.width - side.width - GAP, height: area.height - CAPTION });
  const belowStageSize = fit(aspect, {
    width: area.width,
    height: area.height - below.height - 2 * CAPTION - GAP,
  });
  return sideStage.width * sideStage.height >= belowStageSize.width * belowStageSize.height
    ? { strip: 'side', stage: sideStage, tile: side }
    : { strip: 'below', stage: belowStageSize, tile: below };
}

function besideStage(area: Size): Size {
  return tileOfWidth(clamp(area.width * 0.17, 112, 240));
}

/** On an upright phone a wide picture leaves room below it: the strip takes some, upright too, so that faces are large. */
function belowStage(area: Size, aspect: number, tiles: number): Size {
  // Two fit side by side; of more, the third looks in at the edge and tells that there is something to scroll.
  const widest = (area.width - 2 * GAP) / (tiles > 2 ? 2.25 : 2);
  const left = area.height - area.width / aspect - 2 * CAPTION - GAP;
  const height = clamp(left, SMALLEST_TILE, Math.min(area.height * 0.3, widest * TILE_ASPECT));
  return { width: Math.floor(Math.min(widest, height * TILE_ASPECT)), height: Math.floor(height) };
}

function tileOfWidth(width: number): Size {
  return { width: Math.floor(width), height: Math.floor(width / TILE_ASPECT) };
}

function fit(aspect: number, { width, height }: Size): Size {
  const fitted = Math.max(0, Math.min(width, height * aspect));
  return { width: Math.floor(fitted), height: Math.floor(fitted / aspect) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}
