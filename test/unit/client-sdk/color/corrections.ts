import fc from 'fast-check';
import type { ColorCorrection } from '../../../../client-sdk/src/color/ColorCorrection.ts';
import { fromLinear, toLinear } from '../../../../client-sdk/src/color/srgb.ts';

export const noCorrection: ColorCorrection = { gains: [1, 1, 1], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] };

const gain = fc.double({ min: 0.6, max: 2, noNaN: true });
const diagonal = fc.double({ min: 0.8, max: 1.4, noNaN: true });
const beside = fc.double({ min: -0.2, max: 0.2, noNaN: true });

/** Such as cards lead to. */
export const anyCorrection: fc.Arbitrary<ColorCorrection> = fc.record({
  gains: fc.tuple(gain, gain, gain),
  matrix: fc.tuple(diagonal, beside, beside, beside, diagonal, beside, beside, beside, diagonal),
});

/** What a correction means, without tables. @returns bytes, not rounded */
export function reference(
  [red, green, blue]: readonly [number, number, number],
  { gains, matrix }: ColorCorrection,
): [number, number, number] {
  const light = [toLinear(red) * gains[0], toLinear(green) * gains[1], toLinear(blue) * gains[2]] as const;
  const row = (at: 0 | 3 | 6) => {
    const sum = matrix[at] * light[0] + matrix[(at + 1) as 1] * light[1] + matrix[(at + 2) as 2] * light[2];
    return fromLinear(Math.min(1, Math.max(0, sum)));
  };
  return [row(0), row(3), row(6)];
}
