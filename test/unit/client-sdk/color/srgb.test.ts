import { expect } from 'chai';
import fc from 'fast-check';
import { fromLinear, toLinear } from '../../../../client-sdk/src/color/srgb.ts';

describe('the transfer function of sRGB', () => {
  const known: [byte: number, linear: number][] = [
    [0, 0],
    [10, 0.003_035],
    [119, 0.184_475],
    [188, 0.502_886],
    [255, 1],
  ];
  for (const [byte, linear] of known) {
    it(`takes byte ${byte} for ${linear} of the light`, () => {
      expect(toLinear(byte)).to.be.closeTo(linear, 1e-5);
      expect(fromLinear(linear)).to.be.closeTo(byte, 0.01);
    });
  }

  it('comes back to where it began, and grows all the way', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 255, noNaN: true }), (byte) => {
        expect(fromLinear(toLinear(byte))).to.be.closeTo(byte, 0.002);
        expect(toLinear(byte + 0.1)).to.be.greaterThan(toLinear(byte));
      }),
    );
  });
});
