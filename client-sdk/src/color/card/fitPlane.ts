import type { Point } from './geometry.ts';
import { LeastSquares } from './solveLinear.ts';

/** The slope of something over the card, a step of the card's grid. */
export type Plane = Point;

/** Lays a plane through values over the card, by least squares; its height in the middle is left out. */
export function fitPlane(values: readonly (Point & { value: number; weight: number })[]): Plane {
  const equations = new LeastSquares(3);
  for (const { x, y, value, weight } of values) equations.add([1, x, y], value, weight);
  const [, x = 0, y = 0] = equations.solve() ?? [];
  return { x, y };
}

/** The factor that a plane of logarithms stands for at a place. */
export function slopeAt(plane: Plane, { x, y }: Point): number {
  return Math.exp(plane.x * x + plane.y * y);
}
