import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ColorCorrection } from './ColorCorrection.ts';

/** Beyond these no camera's colours come back: a channel that needs so much light is noise. */
const GAIN = { min: 0.05, max: 16 };
const MATRIX = { min: -8, max: 8 };

/** @returns a copy of its own @throws ChaxiError badRequest with the path of what is wrong */
export function checkCorrection(correction: ColorCorrection): ColorCorrection {
  return {
    gains: numbers(correction.gains, 3, GAIN, 'gains') as [number, number, number],
    matrix: numbers(correction.matrix, 9, MATRIX, 'matrix') as unknown as ColorCorrection['matrix'],
  };
}

function numbers(
  values: readonly number[],
  length: number,
  { min, max }: { min: number; max: number },
  path: string,
): number[] {
  const fine = (value: number) => typeof value === 'number' && value >= min && value <= max;
  if (!Array.isArray(values) || values.length !== length || !values.every(fine)) {
    throw new ChaxiError('badRequest', {
      message: `A color correction has ${length} numbers from ${min} to ${max} as \`${path}\`.`,
      path,
    });
  }
  return [...values];
}
