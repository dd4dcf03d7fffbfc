import { expect } from 'chai';
import fc from 'fast-check';
import { chaxiCard } from '../../../../../client-sdk/src/color/card/chaxiCard.ts';
import { classic24 } from '../../../../../client-sdk/src/color/card/classic24.ts';
import type { ColorCard, LinearRgb } from '../../../../../client-sdk/src/color/card/ColorCard.ts';
import { apply, fitCorrection, type FitPatch } from '../../../../../client-sdk/src/color/card/fitCorrection.ts';

/** The patches of a card as a camera gives them. */
function patchesOf({ patches, columns, rows }: ColorCard, camera: (color: LinearRgb) => LinearRgb): FitPatch[] {
  return patches.map(({ color, isGrey, weight }, index) => ({
    measured: camera(color),
    reference: color,
    isGrey,
    weight,
    x: (index % columns) - (columns - 1) / 2,
    y: Math.floor(index / columns) - (rows - 1) / 2,
  }));
}

const scaled =
  (factors: LinearRgb) =>
  ([red, green, blue]: LinearRgb): LinearRgb => [red * factors[0], green * factors[1], blue * factors[2]];

const factor = fc.double({ min: 0.1, max: 1.5, noNaN: true });

describe('fitCorrection', () => {
  it('undoes the colour and the strength of any light', () => {
    fc.assert(
      fc.property(factor, factor, factor, fc.constantFrom(classic24, chaxiCard), (red, green, blue, card) => {
        const fit = fitCorrection(patchesOf(card, scaled([red, green, blue])))!;
        for (const [channel, gain] of fit.correction.gains.entries()) {
          expect(gain * [red, green, blue][channel]!).to.be.closeTo(1, 0.001);
        }
        for (const [index, value] of fit.correction.matrix.entries()) {
          expect(value).to.be.closeTo(index % 4 === 0 ? 1 : 0, 0.01);
        }
        expect(fit.isTrusted.every(Boolean)).to.equal(true);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps every grey neutral that its gains made neutral', () => {
    const muddled = ([red, green, blue]: LinearRgb): LinearRgb => [
      0.7 * red + 0.3 * green,
      0.2 * red + 0.7 * green + 0.1 * blue,
      0.25 * green + 0.75 * blue,
    ];
    const { correction } = fitCorrection(patchesOf(classic24, muddled))!;
    for (const level of [0.05, 0.4, 1]) {
      const neutral = apply({ ...correction, gains: [1, 1, 1] }, [level, level, level]);
      for (const value of neutral) expect(value).to.be.closeTo(level, 1e-9);
    }
    expect(correction.matrix[0]).to.be.above(1.2);
  });

  it('is not wild where there are few patches: they do not call for it', () => {
    const patches = patchesOf(classic24, scaled([0.9, 0.8, 0.6]));
    // Six greys and two colours that someone else painted.
    const few = [
      ...patches.slice(18),
      ...patches.slice(0, 2).map((patch) => ({ ...patch, reference: [0.2, 0.3, 0.1] as const })),
    ];
    const { correction } = fitCorrection(few)!;
    for (const value of correction.matrix) expect(Math.abs(value)).to.be.below(2.5);
  });

  it('finds how the light falls off over the card', () => {
    const patches = patchesOf(classic24, scaled([0.7, 0.7, 0.7])).map((patch) => ({
      ...patch,
      measured: scaled([1, 1, 1].map(() => Math.exp(0.1 * patch.x)) as [number, number, number])(patch.measured),
    }));
    const { light, correction } = fitCorrection(patches)!;
    expect(light.x).to.be.closeTo(0.1, 0.002);
    expect(light.y).to.be.closeTo(0, 0.002);
    for (const gain of correction.gains) expect(gain).to.be.closeTo(1 / 0.7, 0.01);
  });

  it('names what is no patch, and listens to the rest', () => {
    const patches = patchesOf(chaxiCard, scaled([0.8, 0.8, 0.8]));
    const skin: LinearRgb = [0.4, 0.22, 0.15];
    const covered = patches.map((patch, index) => (index === 6 || index === 16 ? { ...patch, measured: skin } : patch));
    const { isTrusted, correction } = fitCorrection(covered)!;
    expect(isTrusted.flatMap((trusted, index) => (trusted ? [] : [index]))).to.deep.equal([6, 16]);
    for (const gain of correction.gains) expect(gain).to.be.closeTo(1.25, 0.02);
  });

  it('gives nothing without a grey, and nothing for black alone', () => {
    const patches = patchesOf(classic24, (color) => color);
    expect(fitCorrection(patches.slice(0, 18))).to.equal(null);
    expect(fitCorrection(patches.map((patch) => ({ ...patch, measured: [0, 0, 0] as const })))).to.equal(null);
  });
});
