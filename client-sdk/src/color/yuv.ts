/** R'G'B' and Y'CbCr in bytes, after ITU-R BT.601 and BT.709. */

export interface YuvFormat {
  matrix: 'bt601' | 'bt709';
  /** All 256 values are used; otherwise luma has 16 to 235 and chroma 16 to 240. */
  fullRange: boolean;
}

/** A row gives one output: three factors of the inputs, and what is added. */
type Row = readonly [number, number, number, number];
/** From three bytes to three bytes. */
export type Affine = readonly [Row, Row, Row];

/** The share of red and of blue in luma. */
const lumaShares = {
  bt601: { red: 0.299, blue: 0.114 },
  bt709: { red: 0.2126, blue: 0.0722 },
} as const;

/** R'G'B' bytes to Y'CbCr bytes. */
export function rgbToYuv({ matrix, fullRange }: YuvFormat): Affine {
  const { red, blue } = lumaShares[matrix];
  const green = 1 - red - blue;
  const { luma, chroma, black } = ranges(fullRange);
  // Cb is the difference of blue and luma, brought to a range of one; Cr alike.
  const toBlue = chroma / (2 * (1 - blue));
  const toRed = chroma / (2 * (1 - red));
  return [
    [luma * red, luma * green, luma * blue, black],
    [-toBlue * red, -toBlue * green, toBlue * (1 - blue), 128],
    [toRed * (1 - red), -toRed * green, -toRed * blue, 128],
  ];
}

/** Y'CbCr bytes to R'G'B' bytes. */
export function yuvToRgb({ matrix, fullRange }: YuvFormat): Affine {
  const { red, blue } = lumaShares[matrix];
  const green = 1 - red - blue;
  const { luma, chroma, black } = ranges(fullRange);
  const row = (ofBlue: number, ofRed: number): Row => [1 / luma, ofBlue, ofRed, -black / luma - 128 * (ofBlue + ofRed)];
  const ofBlue = (2 * (1 - blue)) / chroma;
  const ofRed = (2 * (1 - red)) / chroma;
  return [row(0, ofRed), row((-ofBlue * blue) / green, (-ofRed * red) / green), row(ofBlue, 0)];
}

/** Y'CbCr of one format to that of another, without the way through R'G'B'. */
export function yuvToYuv(from: YuvFormat, to: YuvFormat): Affine {
  return compose(rgbToYuv(to), yuvToRgb(from));
}

/** @returns three values, neither rounded nor clamped */
export function applyAffine(
  [first, second, third]: Affine,
  input: readonly [number, number, number],
): [number, number, number] {
  return [applyRow(first, input), applyRow(second, input), applyRow(third, input)];
}

/** The same step in whole numbers, each of them times `one`. */
export function fixedPoint(step: Affine, one: number): Affine {
  const row = ([a, b, c, added]: Row): Row => [
    Math.round(a * one),
    Math.round(b * one),
    Math.round(c * one),
    Math.round(added * one),
  ];
  const [first, second, third] = step;
  return [row(first), row(second), row(third)];
}

function applyRow([a, b, c, added]: Row, [x, y, z]: readonly [number, number, number]): number {
  return a * x + b * y + c * z + added;
}

/** `after` applied to what `before` gives, as one step. */
function compose(after: Affine, [p, q, r]: Affine): Affine {
  const row = ([a, b, c, added]: Row): Row => [
    a * p[0] + b * q[0] + c * r[0],
    a * p[1] + b * q[1] + c * r[1],
    a * p[2] + b * q[2] + c * r[2],
    a * p[3] + b * q[3] + c * r[3] + added,
  ];
  const [first, second, third] = after;
  return [row(first), row(second), row(third)];
}

function ranges(fullRange: boolean): { luma: number; chroma: number; black: number } {
  return fullRange ? { luma: 1, chroma: 1, black: 0 } : { luma: 219 / 255, chroma: 224 / 255, black: 16 };
}
