import { expect } from 'chai';
import { blackbody, daylight } from '../../../../../bench/colour/spectra/lights.ts';
import { ohtaChart, wavelengths } from '../../../../../bench/colour/spectra/published.ts';
import { SpectralCamera } from '../../../../../bench/colour/spectra/SpectralCamera.ts';
import { classic24 } from '../../../../../client-sdk/src/color/card/classic24.ts';
import { labDifference, labOfLinear } from '../../../../../client-sdk/src/color/colorDifference.ts';

const WHITE = wavelengths.map(() => 1);

describe('the camera of the bench', () => {
  it('sees its preset as white', () => {
    const [red, green, blue] = new SpectralCamera(blackbody(3_200)).see(blackbody(3_200), [WHITE])[0]!;
    expect(red).to.be.closeTo(green, 1e-9);
    expect(blue).to.be.closeTo(green, 1e-9);
  });

  it('sees warmer light red and colder light blue', () => {
    const camera = new SpectralCamera(daylight(5_500));
    const [warm, cold] = [blackbody(2_700), daylight(10_000)].map((light) => camera.see(light, [WHITE])[0]!);
    expect(warm![0]).to.be.above(2 * warm![2]);
    expect(cold![2]).to.be.above(1.2 * cold![0]);
  });

  it('is exposed for the white of the chart, whatever the light', () => {
    for (const light of [blackbody(2_700), daylight(6_504)]) {
      const seen = new SpectralCamera().see(light, ohtaChart);
      expect(Math.max(...seen.flat())).to.be.closeTo(0.88, 0.02);
    }
  });

  it('sees the chart nearly as it is in the light for which its matrix was made', () => {
    const seen = new SpectralCamera(daylight(5_500)).see(daylight(5_500), ohtaChart);
    const differences = seen.map((color, patch) =>
      labDifference(labOfLinear(color), labOfLinear(classic24.patches[patch]!.color)),
    );
    expect(differences.reduce((sum, value) => sum + value, 0) / 24).to.be.below(3);
  });
});
