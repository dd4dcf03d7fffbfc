export interface Point {
  x: number;
  y: number;
}

/** y = intercept + slope × x. */
export interface Line {
  intercept: number;
  slope: number;
  /** Share of the variance that the line explains, 0 to 1. */
  r2: number;
}

/** The line of least squares; null where all points stand on one x. */
export function fitLine(points: readonly Point[]): Line | null {
  const n = points.length;
  if (n === 0) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (const { x, y } of points) {
    sxx += (x - meanX) ** 2;
    sxy += (x - meanX) * (y - meanY);
    syy += (y - meanY) ** 2;
  }
  if (sxx === 0) return null;
  const slope = sxy / sxx;
  return { intercept: meanY - slope * meanX, slope, r2: syy === 0 ? 1 : sxy ** 2 / (sxx * syy) };
}
