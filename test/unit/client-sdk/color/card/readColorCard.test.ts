import { expect } from 'chai';
import fc from 'fast-check';
import { colorCards } from '../../../../../client-sdk/src/color/card/cards.ts';
import { chaxiCard } from '../../../../../client-sdk/src/color/card/chaxiCard.ts';
import { classic24 } from '../../../../../client-sdk/src/color/card/classic24.ts';
import type { LinearRgb } from '../../../../../client-sdk/src/color/card/ColorCard.ts';
import { apply } from '../../../../../client-sdk/src/color/card/fitCorrection.ts';
import type { CardProblem } from '../../../../../client-sdk/src/color/card/judgeLight.ts';
import { readColorCard } from '../../../../../client-sdk/src/color/card/readColorCard.ts';
import { casts, placedCard, type Placed } from './scenes.ts';

/** Colours run into each other on a sensor; rows sum to one. */
const crosstalk: readonly LinearRgb[] = [
  [0.82, 0.14, 0.04],
  [0.1, 0.8, 0.1],
  [0.03, 0.17, 0.8],
];

/** What such a sensor makes of a card in a light. */
function seen(card: typeof chaxiCard, cast: LinearRgb): LinearRgb[] {
  return card.patches.map(({ color }) => {
    const [red, green, blue] = crosstalk.map((row) =>
      Math.max(0, row[0] * color[0] + row[1] * color[1] + row[2] * color[2]),
    );
    return [red! * cast[0], green! * cast[1], blue! * cast[2]];
  });
}

function read(options: Placed) {
  const { card = chaxiCard } = options;
  const { picture, corners } = placedCard({ patchColors: seen(card, options.cast ?? casts.neutral), ...options });
  const reading = readColorCard(picture);
  expect(reading, JSON.stringify({ ...options, card: card.name })).not.to.equal(null);
  return { ...reading!, trueCorners: corners };
}

describe('readColorCard', function () {
  this.timeout(60_000);

  for (const card of colorCards) {
    for (const [name, cast] of Object.entries({ ...casts, tungsten: [0.95, 0.54, 0.18] as const })) {
      it(`brings ${card.name} in light that is ${name} to its own colours`, () => {
        const { before, after, problems } = read({ card, cast });
        expect(before.mean).to.be.above(name === 'neutral' ? 2 : 8);
        expect(after.mean).to.be.below(1);
        expect(after.max).to.be.below(4);
        expect(problems).to.deep.equal([]);
      });
    }
  }

  it('says where the card is, from its own top left corner on', () => {
    const { corners, trueCorners } = read({ degrees: 200, share: 0.4 });
    for (const [index, { x, y }] of corners.entries()) {
      expect(Math.hypot(x - trueCorners[index]!.x, y - trueCorners[index]!.y)).to.be.below(4);
    }
  });

  it('shows each patch as it is, was seen and becomes', () => {
    const { patches, card } = read({ cast: casts.warm });
    expect(patches.map(({ name }) => name)).to.deep.equal(card.patches.map(({ name }) => name));
    const [white] = patches;
    expect(white!.reference).to.deep.equal([241, 241, 241]);
    // 0.88, 0.66 and 0.37 of linear light, as bytes of sRGB.
    for (const [channel, byte] of [241, 212, 164].entries()) expect(white!.measured[channel]).to.be.closeTo(byte, 3);
    for (const byte of white!.corrected) expect(byte).to.be.closeTo(241, 3);
  });

  it('finds gains and matrix of the camera, and keeps neutral what the gains make neutral', () => {
    const gains = fc.double({ min: 0.45, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(gains, gains, gains), fc.constantFrom(...colorCards), (cast, card) => {
        const { correction } = read({ card, cast, noise: 0 });
        for (const [channel, gain] of correction.gains.entries()) expect(gain * cast[channel]!).to.be.closeTo(1, 0.04);
        const neutral = apply({ ...correction, gains: [1, 1, 1] }, [0.5, 0.5, 0.5]);
        for (const value of neutral) expect(value).to.be.closeTo(0.5, 1e-9);
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  it('makes white paper as light as it is, however it was exposed', () => {
    for (const exposure of [0.35, 0.6, 0.95]) {
      const { patches } = read({ cast: [exposure, exposure, exposure] });
      for (const byte of patches[0]!.corrected) expect(byte).to.be.closeTo(241, 3);
    }
  });

  it('is not led astray by a finger: its patch has no say, and is named', () => {
    // On a grey, which would spoil the white balance, and on a colour.
    for (const finger of [6, 9]) {
      const { problems, patches, after } = read({ finger, share: 0.6 });
      expect(problems, `patch ${finger}`).to.deep.equal(['covered']);
      const distrusted = patches.flatMap(({ trusted }, index) => (trusted ? [] : [index]));
      expect(distrusted).to.deep.equal([finger]);
      expect(after.mean).to.be.below(1);
    }
  });

  it('takes light that falls off to one side out of the fit', () => {
    const falling = (x: number): LinearRgb => [1.1 - 0.2 * x, 1.1 - 0.2 * x, 1.1 - 0.2 * x];
    const even = read({ cast: [0.8, 0.8, 0.8] });
    const uneven = read({ cast: [0.8, 0.8, 0.8], light: falling });
    expect(uneven.problems).to.deep.equal([]);
    for (const [index, value] of uneven.correction.matrix.entries()) {
      expect(value).to.be.closeTo(even.correction.matrix[index]!, 0.05);
    }
  });

  const grey = (level: number) => ({ cast: [level, level, level] as const });
  const spot = (x: number, y: number) => 0.5 * Math.exp(-((x - 0.5) ** 2 * 3.2 + (y - 0.5) ** 2) / 0.004);
  const problems: [name: string, scene: Placed, problems: CardProblem[]][] = [
    ['nothing to an even light', grey(0.8), []],
    ['nothing to a dim room', grey(0.3), []],
    [
      'nothing to light that is a little warmer on one side',
      { ...grey(0.8), light: (x) => [1.04 - 0.08 * x, 1, 1] },
      [],
    ],
    ['that it is too dark', grey(0.15), ['tooDark']],
    ['that white is clipped', grey(1.3), ['clipped']],
    ['that two lights mix', { ...grey(0.75), light: (x) => [1.25 - 0.5 * x, 1, 0.75 + 0.5 * x] }, ['mixedLight']],
    ['that the light is uneven', { ...grey(0.7), light: (x) => [1.5 - x, 1.5 - x, 1.5 - x] }, ['unevenLight']],
    ['that a lamp is mirrored in it', { ...grey(0.7), glare: spot }, ['glare']],
    ['that a window is mirrored in all of it', { ...grey(0.7), glare: () => 0.06 }, ['glare']],
    ['that a part is covered', { ...grey(0.8), finger: 7 }, ['covered']],
  ];
  for (const card of colorCards) {
    for (const [name, scene, expected] of problems) {
      it(`says ${name} (${card.name})`, () => {
        const found = read({ share: 0.55, ...scene, card }).problems;
        if (expected.length === 0) expect(found).to.deep.equal([]);
        else expect(found).to.include.members(expected);
      });
    }
  }

  it('says that no correction fits a bad print', () => {
    const faded = classic24.patches.map(({ color }, index): LinearRgb => {
      const [red, green, blue] = color.map((value) => 0.6 * Math.max(0, value) + 0.03);
      return index % 3 === 0 ? [red! * 1.7, green! * 0.7, blue!] : [red!, green!, blue! * (index % 2 ? 1.6 : 0.6)];
    });
    const reading = readColorCard(placedCard({ card: classic24, patchColors: faded }).picture);
    // Too far off to be taken for the card at all, or said so.
    if (reading) expect(reading.problems).to.include('poorFit');
  });

  it('reads nothing where no card is, and where nearly all is clipped', () => {
    expect(readColorCard({ width: 320, height: 180, data: new Uint8ClampedArray(320 * 180 * 4) })).to.equal(null);
    expect(readColorCard(placedCard({ cast: [6, 6, 6] }).picture)).to.equal(null);
  });
});
