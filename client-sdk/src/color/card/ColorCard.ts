/** Linear light with the primaries of sRGB under D65; outside of 0 to 1 where sRGB does not reach the colour. */
export type LinearRgb = readonly [number, number, number];

export interface ColorPatch {
  name: string;
  color: LinearRgb;
  /** Neutral: the greys say what the white balance is. */
  isGrey: boolean;
  /** How much its colour counts in the matrix: 1 where it was measured, less where a printer had its part in it. */
  weight: number;
}

/**
 * A card of patches in a grid on a dark frame. Its own coordinates have the distance from patch to patch as their unit: the
 * patch of column c and row r has its middle at (c + 0.5, r + 0.5), and the card reaches from -`margin` to `columns` + `margin`.
 */
export interface ColorCard {
  name: 'classic24' | 'chaxi';
  columns: number;
  rows: number;
  /** Side of a patch. */
  patchSide: number;
  margin: number;
  /** Row by row from the card's top left. */
  patches: readonly ColorPatch[];
}
