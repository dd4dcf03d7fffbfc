import type { LinearRgb } from '../../../client-sdk/src/color/card/ColorCard.ts';
import { LeastSquares } from '../../../client-sdk/src/color/card/solveLinear.ts';
import { integrate, times, toLinearRgb, tristimulus, type Spectrum } from './colorimetry.ts';
import { daylight } from './lights.ts';
import { fluorescent, nikonD5100, ohtaChart } from './published.ts';

/** As bright as the light of white may be without clipping: what the card's own white has. */
const WHITE_LEVEL = 0.88;
const WHITE = 18;
/** For which a camera's maker makes its colour matrix. */
const MAKERS_LIGHT = daylight(5_500);

/**
 * A camera with the sensitivities of a real one. Its white balance is locked to a preset, and its matrix was made for daylight,
 * as its maker would make it: the best for the chart, with white kept white. Exposure is right for the card's white.
 */
export class SpectralCamera {
  readonly #balance: LinearRgb;
  readonly #matrix: readonly LinearRgb[] = makersMatrix();

  /** @param preset the light that white balance is locked to; by default a camera's preset for fluorescent lamps */
  constructor(preset: Spectrum = fluorescent) {
    this.#balance = balanceFor(preset);
  }

  /** What it gives of surfaces of these reflectances, in linear light of sRGB; negative where a colour lies outside. */
  see(light: Spectrum, reflectances: readonly Spectrum[]): LinearRgb[] {
    const exposure = WHITE_LEVEL / Math.max(...this.#develop(light, ohtaChart[WHITE]!));
    return reflectances.map((reflectance) => {
      const [red, green, blue] = this.#develop(light, reflectance);
      return [red * exposure, green * exposure, blue * exposure];
    });
  }

  #develop(light: Spectrum, reflectance: Spectrum): LinearRgb {
    const raw = balanced(light, reflectance, this.#balance);
    const [red, green, blue] = this.#matrix.map((row) =>
      row.reduce((sum, factor, axis) => sum + factor * raw[axis]!, 0),
    );
    return [red!, green!, blue!];
  }
}

function sense(light: Spectrum): LinearRgb {
  const { red, green, blue } = nikonD5100;
  return [integrate(light, red), integrate(light, green), integrate(light, blue)];
}

/** The gains that make this light white. */
function balanceFor(light: Spectrum): LinearRgb {
  const [red, green, blue] = sense(light);
  return [1 / red, 1 / green, 1 / blue];
}

function balanced(light: Spectrum, reflectance: Spectrum, balance: LinearRgb): LinearRgb {
  const [red, green, blue] = sense(times(light, reflectance));
  return [red * balance[0], green * balance[1], blue * balance[2]];
}

/** Rows of a matrix whose sums are one, by least squares over the chart: from balanced sensors to what it looks like under D65. */
function makersMatrix(): LinearRgb[] {
  const balance = balanceFor(MAKERS_LIGHT);
  const seen = ohtaChart.map((reflectance) => balanced(MAKERS_LIGHT, reflectance, balance));
  const wanted = ohtaChart.map((reflectance) => toLinearRgb(tristimulus(daylight(6_504), reflectance)));
  return ([0, 1, 2] as const).map((channel) => {
    const equations = new LeastSquares(2);
    for (const [index, [red, green, blue]] of seen.entries()) {
      equations.add([red - blue, green - blue], wanted[index]![channel] - blue);
    }
    const [ofRed, ofGreen] = equations.solve() as [number, number];
    return [ofRed, ofGreen, 1 - ofRed - ofGreen];
  });
}
