import { expect } from 'chai';
import { converter, modeLab, modeXyz50, useMode } from 'culori/fn';
import { chromaticity, toLinearRgb, tristimulus } from '../../../../../bench/colour/spectra/colorimetry.ts';
import { daylight } from '../../../../../bench/colour/spectra/lights.ts';
import { nikonD5100, observer, ohtaChart, wavelengths } from '../../../../../bench/colour/spectra/published.ts';
import { classic24 } from '../../../../../client-sdk/src/color/card/classic24.ts';
import { labDifference, labOfLinear } from '../../../../../client-sdk/src/color/colorDifference.ts';

useMode(modeXyz50);
useMode(modeLab);
const toLab = converter('lab');

describe('spectra', () => {
  it('are whole', () => {
    expect(wavelengths.at(0)).to.equal(380);
    expect(wavelengths.at(-1)).to.equal(780);
    expect(ohtaChart).to.have.length(24);
    for (const spectrum of [...ohtaChart, ...Object.values(observer), ...Object.values(nikonD5100)]) {
      expect(spectrum).to.have.length(wavelengths.length);
    }
  });

  it('see equal energy where the standard observer has it', () => {
    const [x, y] = chromaticity(wavelengths.map(() => 1));
    expect(x).to.be.closeTo(1 / 3, 1e-4);
    expect(y).to.be.closeTo(1 / 3, 1e-4);
  });

  it('see the daylight of sRGB as its white, and half of it as half as much', () => {
    const light = daylight(6_504);
    for (const channel of toLinearRgb(tristimulus(light))) expect(channel).to.be.closeTo(1, 0.002);
    const grey = wavelengths.map(() => 0.5);
    for (const channel of toLinearRgb(tristimulus(light, grey))) expect(channel).to.be.closeTo(0.5, 0.001);
  });

  // X-Rite's values for D50 of charts made since November 2014; the chart whose spectra these are is older.
  for (const [name, patch, l, a, b] of [
    ['foliage', 3, 43.46, -12.74, 22.72],
    ['red', 14, 42.43, 51.05, 28.62],
    ['yellow', 15, 81.8, 2.67, 80.41],
    ['neutral 6.5', 20, 66.89, -0.75, -0.06],
  ] as const) {
    it(`see ${name} under D50 near to what is published`, () => {
      const [x, y, z] = tristimulus(daylight(5_003), ohtaChart[patch]);
      const seen = toLab({ mode: 'xyz50', x, y, z });
      expect(labDifference({ l: seen.l, a: seen.a, b: seen.b }, { l, a, b })).to.be.below(2.5);
    });
  }

  it('see the chart as it is published, within what one chart differs from another', () => {
    const light = daylight(6_504);
    const differences = ohtaChart.map((reflectance, patch) =>
      labDifference(
        labOfLinear(toLinearRgb(tristimulus(light, reflectance))),
        labOfLinear(classic24.patches[patch]!.color),
      ),
    );
    expect(differences.reduce((sum, value) => sum + value, 0) / 24, 'mean').to.be.below(1.6);
    expect(Math.max(...differences), 'largest').to.be.below(4);
  });
});
