import { LeastSquares } from './solveLinear.ts';

/** In a picture: pixels from its top left corner, where the first pixel reaches from 0 to 1. */
export interface Point {
  x: number;
  y: number;
}

/** Four points, clockwise. */
export type Quad = readonly [Point, Point, Point, Point];

/** Maps one plane to another as a lens sees it; 3 x 3, row-major. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

export function project([a, b, c, d, e, f, g, h, i]: Homography, { x, y }: Point): Point {
  const depth = g * x + h * y + i;
  return { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth };
}

/** The way back. The scale is left open, as it does not matter to project(). */
export function invert([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

/** `after` of what `before` gives. */
export function compose(after: Homography, before: Homography): Homography {
  const cell = (row: number, column: number) =>
    after[row * 3]! * before[column]! +
    after[row * 3 + 1]! * before[3 + column]! +
    after[row * 3 + 2]! * before[6 + column]!;
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

/**
 * The homography that brings each first point nearest to its second, by least squares over at least four pairs. Both sides are
 * scaled to a spread of one before (Hartley 1997), or the equations would be badly conditioned.
 *
 * @returns null where the points lie on a line or are too few
 */
export function fitHomography(pairs: readonly (readonly [Point, Point])[]): Homography | null {
  if (pairs.length < 4) return null;
  const from = normalization(pairs.map(([point]) => point));
  const to = normalization(pairs.map(([, point]) => point));
  if (!from || !to) return null;
  const equations = new LeastSquares(8);
  for (const pair of pairs) {
    const { x, y } = project(from, pair[0]);
    const target = project(to, pair[1]);
    equations.add([x, y, 1, 0, 0, 0, -target.x * x, -target.x * y], target.x);
    equations.add([0, 0, 0, x, y, 1, -target.y * x, -target.y * y], target.y);
  }
  const solution = equations.solve();
  if (!solution) return null;
  const [a, b, c, d, e, f, g, h] = solution as [number, number, number, number, number, number, number, number];
  return compose(invert(to), compose([a, b, c, d, e, f, g, h, 1], from));
}

/** Moves the middle of the points to the origin and their mean distance from it to one. */
function normalization(points: readonly Point[]): Homography | null {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  const spread = points.reduce((sum, point) => sum + Math.hypot(point.x - x, point.y - y), 0) / points.length;
  return spread > 0 ? [1 / spread, 0, -x / spread, 0, 1 / spread, -y / spread, 0, 0, 1] : null;
}
