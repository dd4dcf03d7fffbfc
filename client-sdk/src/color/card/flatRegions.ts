import type { ReducedPicture } from './reducePicture.ts';

/** A connected region of even colour, by its moments. */
export interface Region {
  /** Its middle, in pixels of the reduced picture. */
  x: number;
  y: number;
  /** Pixels. */
  area: number;
  /** Its mean, in bytes of sRGB. */
  color: readonly [number, number, number];
  /** The inverse of its covariance: how far something is away from it, measured in its own size and slant. */
  xx: number;
  xy: number;
  yy: number;
}

/** Below this many pixels the shape of a region says nothing. */
const MIN_AREA = 9;
/** The largest share of the picture that a patch covers when the card fills it. */
const MAX_SHARE = 0.05;
/** A patch that is seen from the side is narrower, but no line. */
const MAX_ELONGATION = 3.5;
/** A parallelogram of area A has a covariance with the determinant (A / 12)²; an ellipse is near it, an L or a ring is not. */
const MIN_FILL = 0.72;
const MAX_FILL = 1.18;

/** The largest step of any channel from pixel to pixel, in bytes; what is at the edge of the picture is no region. */
export function steepness({ width, height, data }: ReducedPicture): Float32Array {
  const steps = new Float32Array(width * height).fill(Infinity);
  const line = width * 3;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      let largest = 0;
      for (let at = pixel * 3; at < pixel * 3 + 3; at++) {
        const across = Math.abs(data[at + 3]! - data[at - 3]!);
        const along = Math.abs(data[at + line]! - data[at - line]!);
        if (across > largest) largest = across;
        if (along > largest) largest = along;
      }
      steps[pixel] = largest;
    }
  }
  return steps;
}

/** Regions in which no step is larger than the threshold and that may be patches: compact, neither tiny nor vast. */
export function flatRegions({ width, height, data }: ReducedPicture, steps: Float32Array, threshold: number): Region[] {
  const regions: Region[] = [];
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const maxArea = MAX_SHARE * width * height;
  for (let start = 0; start < steps.length; start++) {
    if (seen[start] || steps[start]! > threshold) continue;
    seen[start] = 1;
    stack[0] = start;
    let depth = 1;
    let area = 0;
    let [sumX, sumY, sumXx, sumXy, sumYy] = [0, 0, 0, 0, 0];
    let [red, green, blue] = [0, 0, 0];
    while (depth > 0) {
      const pixel = stack[--depth]!;
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
      sumYy += y * y;
      red += data[pixel * 3]!;
      green += data[pixel * 3 + 1]!;
      blue += data[pixel * 3 + 2]!;
      // The edge of the picture is steep, so that no neighbour lies beyond it.
      for (let side = 0; side < 4; side++) {
        const next = side === 0 ? pixel - 1 : side === 1 ? pixel + 1 : side === 2 ? pixel - width : pixel + width;
        if (seen[next] || steps[next]! > threshold) continue;
        seen[next] = 1;
        stack[depth++] = next;
      }
    }
    if (area < MIN_AREA || area > maxArea) continue;
    const x = sumX / area;
    const y = sumY / area;
    const shape = compactShape(area, sumXx / area - x * x, sumXy / area - x * y, sumYy / area - y * y);
    const color = [red / area, green / area, blue / area] as const;
    if (shape) regions.push({ x: x + 0.5, y: y + 0.5, area, color, ...shape });
  }
  return regions;
}

/** @returns the inverse of the covariance, null where the region is no parallelogram */
function compactShape(area: number, xx: number, xy: number, yy: number): Pick<Region, 'xx' | 'xy' | 'yy'> | null {
  // A pixel is no point: it has a spread of its own.
  const across = xx + 1 / 12;
  const along = yy + 1 / 12;
  const determinant = across * along - xy * xy;
  const fill = area / (12 * Math.sqrt(determinant));
  if (!(fill >= MIN_FILL && fill <= MAX_FILL)) return null;
  const half = (across + along) / 2;
  const apart = Math.sqrt(Math.max(0, half * half - determinant));
  if (Math.sqrt((half + apart) / (half - apart)) > MAX_ELONGATION) return null;
  return { xx: along / determinant, xy: -xy / determinant, yy: across / determinant };
}
