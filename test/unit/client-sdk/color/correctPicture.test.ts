import { expect } from 'chai';
import fc from 'fast-check';
import type { ColorCorrection } from '../../../../client-sdk/src/color/ColorCorrection.ts';
import { correctPicture } from '../../../../client-sdk/src/color/correctPicture.ts';
import { fromLinear, toLinear } from '../../../../client-sdk/src/color/srgb.ts';
import { anyCorrection, noCorrection, reference } from './corrections.ts';

const byte = fc.integer({ min: 0, max: 255 });

function correctOne(color: readonly [number, number, number], correction: ColorCorrection): number[] {
  const data = new Uint8ClampedArray([...color, 77]);
  correctPicture({ width: 1, height: 1, data }, correction);
  return [...data];
}

describe('the correction of a picture', () => {
  it('changes nothing where it says nothing, and never the opacity', () => {
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), (color) => {
        expect(correctOne(color, noCorrection)).to.deep.equal([...color, 77]);
      }),
    );
  });

  it('multiplies light, not bytes', () => {
    const half = { ...noCorrection, gains: [0.5, 1, 1] as const };
    expect(correctOne([200, 200, 200], half)[0]).to.equal(Math.round(fromLinear(toLinear(200) / 2)));
  });

  it('applies the gains first and then the matrix, row by row', () => {
    // Red comes from twice the green alone.
    const swap: ColorCorrection = { gains: [1, 2, 1], matrix: [0, 1, 0, 0, 1, 0, 0, 0, 1] };
    const expected = Math.round(fromLinear(2 * toLinear(100)));
    expect(correctOne([0, 100, 50], swap).slice(0, 3)).to.deep.equal([expected, expected, 50]);
  });

  it('is within one byte of the mathematics, for any correction', () => {
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), anyCorrection, (color, correction) => {
        const meant = reference(color, correction);
        const got = correctOne(color, correction);
        for (const index of [0, 1, 2]) expect(got[index]).to.be.closeTo(meant[index]!, 1);
      }),
    );
  });
});
