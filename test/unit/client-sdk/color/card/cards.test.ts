import { expect } from 'chai';
import { chaxiCard, chaxiPatches } from '../../../../../client-sdk/src/color/card/chaxiCard.ts';
import { classic24 } from '../../../../../client-sdk/src/color/card/classic24.ts';
import { colorCards } from '../../../../../client-sdk/src/color/card/cards.ts';
import { labDifference, labOfLinear } from '../../../../../client-sdk/src/color/colorDifference.ts';

/** By the matrices of CSS Color 4, sections 10.3 and 18. */
function linearFromLabD50([l, a, b]: [number, number, number]): number[] {
  const fy = (l + 16) / 116;
  const inverse = (f: number) => (f > 6 / 29 ? f ** 3 : (3 * (f - 4 / 29) * 36) / 841);
  const d50 = [0.964_22 * inverse(fy + a / 500), inverse(fy), 0.825_21 * inverse(fy - b / 200)];
  const times = (rows: number[][], values: number[]) =>
    rows.map((row) => row.reduce((sum, factor, index) => sum + factor * values[index]!, 0));
  const d65 = times(
    [
      [0.955_473_42, -0.023_098_45, 0.063_259_24],
      [-0.028_369_71, 1.009_995_4, 0.021_041_44],
      [0.012_314_01, -0.020_507_65, 1.330_365_93],
    ],
    d50,
  );
  return times(
    [
      [3.240_969_94, -1.537_383_18, -0.498_610_76],
      [-0.969_243_64, 1.875_967_5, 0.041_555_06],
      [0.055_630_08, -0.203_976_96, 1.056_971_51],
    ],
    d65,
  );
}

describe('the cards', () => {
  for (const card of colorCards) {
    it(`have a patch for each place (${card.name})`, () => {
      expect(card.patches).to.have.lengthOf(card.columns * card.rows);
      expect(card.patchSide).to.be.within(0.5, 0.95);
    });

    it(`look like themselves in one turn only (${card.name})`, () => {
      const labs = card.patches.map(({ color }) => labOfLinear(color));
      const turned = labs.toReversed();
      const differences = labs.map((lab, index) => labDifference(lab, turned[index]!));
      expect(differences.reduce((sum, value) => sum + value, 0) / labs.length).to.be.above(20);
    });
  }

  it('are told apart by their colours', () => {
    const [one, other] = colorCards.map(({ patches }) => patches.map(({ color }) => labOfLinear(color)));
    const differences = one!.map((lab, index) => labDifference(lab, other![index]!));
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).to.be.above(20);
  });
});

describe('classic24', () => {
  it('comes from D50 to D65 without a cast: its greys keep their lightness and stay neutral', () => {
    const published = [95.19, 81.29, 66.89, 50.76, 35.63, 20.64];
    const greys = classic24.patches.filter(({ isGrey }) => isGrey).map(({ color }) => labOfLinear(color));
    expect(greys.map(({ l }) => Math.round(l * 10) / 10)).to.deep.equal(published.map((l) => Math.round(l * 10) / 10));
    for (const { a, b } of greys.slice(1)) expect(Math.hypot(a, b)).to.be.below(1);
  });

  it('has what CIELAB, Bradford’s matrix and the matrix of sRGB make of the published values', () => {
    const published: Record<string, [number, number, number]> = {
      'dark skin': [37.54, 14.37, 14.92],
      'bluish green': [70.48, -32.26, -0.37],
      blue: [28.37, 15.42, -49.8],
      yellow: [81.8, 2.67, 80.41],
      cyan: [49.57, -29.71, -28.32],
    };
    for (const [name, lab] of Object.entries(published)) {
      const { color } = classic24.patches.find((patch) => patch.name === name)!;
      for (const [channel, value] of linearFromLabD50(lab).entries()) {
        expect(color[channel]!, `${name}, channel ${channel}`).to.be.closeTo(value, 0.0005);
      }
    }
  });

  it('has one patch that sRGB does not reach', () => {
    const outside = classic24.patches.filter(({ color }) => color.some((value) => value < 0 || value > 1));
    expect(outside.map(({ name }) => name)).to.deep.equal(['cyan']);
  });
});

describe('the printed card', () => {
  it('has white in all four corners, and a grey in every row', () => {
    const { patches, columns, rows } = chaxiCard;
    const corners = [0, columns - 1, columns * (rows - 1), columns * rows - 1];
    expect(corners.map((index) => patches[index]!.name)).to.deep.equal(Array(4).fill('white'));
    for (let row = 0; row < rows; row++) {
      expect(patches.slice(row * columns, (row + 1) * columns).some(({ isGrey }) => isGrey)).to.equal(true);
    }
  });

  it('is darker than it is drawn, as no paper is as white as a screen', () => {
    const white = chaxiCard.patches[0]!.color;
    expect(chaxiPatches[0]!.fill).to.equal('#ffffff');
    expect(white[0]).to.be.within(0.8, 0.92);
  });

  it('trusts its greys more than its colours', () => {
    const weights = (isGrey: boolean) =>
      chaxiCard.patches.filter((patch) => patch.isGrey === isGrey).map((p) => p.weight);
    expect(Math.min(...weights(true))).to.be.above(Math.max(...weights(false)));
  });
});
