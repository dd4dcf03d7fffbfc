import { seededRandom } from '../lib/random.ts';

/** Pictures before it begins anew. */
const LOOP = 30;
/** Pixels between the grid points of each octave of the clouds. */
const OCTAVES_PX = [128, 64, 32, 16, 8, 4];
/** Luma from black to white, in the limited range. */
const CONTRAST = 190;
const SEED = 7;

/**
 * A loop of luma planes with two layers of clouds that move across each other, the same in every run. Each octave has the same
 * contrast, as in natural pictures (Field 1987), so that they are about as hard to compress as a camera's.
 */
export function movingPicture(width: number, height: number): Uint8Array[] {
  const random = seededRandom(SEED);
  const near = clouds(width, height, random);
  const far = clouds(width, height, random);
  return Array.from({ length: LOOP }, (_, index) => {
    const angle = (2 * Math.PI * index) / LOOP;
    const shiftX = Math.round(24 * Math.cos(angle));
    const shiftY = Math.round(12 * Math.sin(angle));
    const luma = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      const nearRow = mod(y + shiftY, height) * width;
      const farRow = mod(y - shiftY, height) * width;
      for (let x = 0; x < width; x++) {
        const value = near[nearRow + mod(x + shiftX, width)]! + far[farRow + mod(x - shiftX, width)]!;
        luma[y * width + x] = 16 + (value / 2) * CONTRAST;
      }
    }
    return luma;
  });
}

/** Values from 0 to 1. */
function clouds(width: number, height: number, random: () => number): Float32Array {
  const result = new Float32Array(width * height);
  for (const gridPx of OCTAVES_PX) addOctave(result, width, height, gridPx, 1 / OCTAVES_PX.length, random);
  return result;
}

/** Random values on a grid, with straight lines between. */
function addOctave(
  result: Float32Array,
  width: number,
  height: number,
  gridPx: number,
  amplitude: number,
  random: () => number,
): void {
  const columns = Math.ceil(width / gridPx) + 1;
  const rows = Math.ceil(height / gridPx) + 1;
  const grid = Float32Array.from({ length: columns * rows }, () => random() * amplitude);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / gridPx);
    const v = (y % gridPx) / gridPx;
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / gridPx);
      const u = (x % gridPx) / gridPx;
      const corner = row * columns + column;
      const top = grid[corner]! * (1 - u) + grid[corner + 1]! * u;
      const bottom = grid[corner + columns]! * (1 - u) + grid[corner + columns + 1]! * u;
      result[y * width + x]! += top * (1 - v) + bottom * v;
    }
  }
}

function mod(value: number, size: number): number {
  return ((value % size) + size) % size;
}
