import { expect } from 'chai';
import { chromaticity, type Spectrum } from '../../../../../bench/colour/spectra/colorimetry.ts';
import { blackbody, daylight, daylightOffLeaves, lights } from '../../../../../bench/colour/spectra/lights.ts';
import { fluorescent, wavelengths } from '../../../../../bench/colour/spectra/published.ts';

function expectWhitePoint(light: Spectrum, [x, y]: readonly [number, number]): void {
  const [seenX, seenY] = chromaticity(light);
  expect(seenX, 'x').to.be.closeTo(x, 0.0003);
  expect(seenY, 'y').to.be.closeTo(y, 0.0003);
}

describe('the lights of the bench', () => {
  // CIE 015, tables of standard illuminants; the series D has its names from an older value of a constant of Planck.
  for (const [name, light, white] of [
    ['D50', daylight(5_003), [0.3457, 0.3585]],
    ['D65', daylight(6_504), [0.3127, 0.329]],
    ['D75', daylight(7_504), [0.299, 0.3149]],
    ['A, a black body of 2,855.5 K', blackbody(2_855.5), [0.4476, 0.4074]],
    ['FL2', fluorescent, [0.3721, 0.3751]],
  ] as const) {
    it(`have the white point that the CIE gives ${name}`, () => expectWhitePoint(light, white));
  }

  it('have the white points that Planck and the series D give their temperatures', () => {
    expectWhitePoint(lights['2700k'].spectrum, [0.4599, 0.4106]);
    expectWhitePoint(lights['3200k'].spectrum, [0.4234, 0.399]);
    expectWhitePoint(lights['5000k'].spectrum, [0.3457, 0.3585]);
    expectWhitePoint(lights['6500k'].spectrum, [0.3127, 0.329]);
  });

  it('have a green one that lies far from daylight on the side of green', () => {
    const [x, y] = chromaticity(lights.green.spectrum);
    // The locus of daylight at this x, after the CIE.
    expect(y - (-3 * x ** 2 + 2.87 * x - 0.275)).to.be.above(0.03);
  });

  it('become daylight where no leaf is in the way', () => {
    expect(daylightOffLeaves(6_504, 0)).to.deep.equal(daylight(6_504));
  });

  it('tell a value for each wavelength', () => {
    for (const { spectrum } of Object.values(lights)) {
      expect(spectrum).to.have.length(wavelengths.length);
      expect(Math.min(...spectrum)).to.be.above(0);
    }
  });
});
