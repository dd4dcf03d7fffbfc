import { expect } from 'chai';
import fc from 'fast-check';
import { arrange, CAPTION, GAP, type Arrangement } from '../../../../web/src/layout/arrange.ts';

const wide = 16 / 9;
const upright = 9 / 16;

const cases: { on: string; area: [number, number]; tiles: number; aspect: number; strip: Arrangement['strip'] }[] = [
  { on: 'a desktop', area: [1408, 780], tiles: 3, aspect: wide, strip: 'side' },
  { on: 'a desktop with an upright picture', area: [1408, 780], tiles: 3, aspect: upright, strip: 'side' },
  { on: 'an upright phone', area: [374, 740], tiles: 3, aspect: wide, strip: 'below' },
  { on: 'a small upright phone', area: [304, 470], tiles: 1, aspect: wide, strip: 'below' },
  { on: 'a phone on its side', area: [828, 320], tiles: 2, aspect: wide, strip: 'side' },
  { on: 'a tall box of a shop page', area: [600, 800], tiles: 4, aspect: wide, strip: 'below' },
  { on: 'any screen with nobody in the strip', area: [1408, 780], tiles: 0, aspect: wide, strip: 'none' },
];

describe('arrangement of stage and strip', () => {
  for (const { on, area, tiles, aspect, strip } of cases) {
    it(`on ${on} the strip is: ${strip}`, () => {
      const [width, height] = area;
      expect(arrange({ area: { width, height }, tiles, aspect }).strip).to.equal(strip);
    });
  }

  it('gives the cup most of a desktop', () => {
    const area = { width: 1408, height: 780 };
    const { stage } = arrange({ area, tiles: 3, aspect: wide });
    expect((stage.width * stage.height) / (area.width * area.height)).to.be.above(0.65);
  });

  it('uses the whole width of an upright phone for the cup', () => {
    expect(arrange({ area: { width: 374, height: 740 }, tiles: 2, aspect: wide }).stage.width).to.equal(374);
  });

  it('lets two people stand side by side on a phone, and a third look in', () => {
    const area = { width: 374, height: 740 };
    const two = arrange({ area, tiles: 2, aspect: wide }).tile.width;
    const three = arrange({ area, tiles: 3, aspect: wide }).tile.width;
    expect(2 * two + GAP).to.be.at.most(area.width);
    expect(2 * three + 2 * GAP).to.be.below(area.width);
  });

  it('keeps the picture whole, in its proportions and inside its place, in any box', () => {
    const side = fc.integer({ min: 300, max: 4_000 });
    const input = fc.record({
      area: fc.record({ width: side, height: side }),
      tiles: fc.integer({ min: 0, max: 30 }),
      aspect: fc.double({ min: 0.4, max: 2.5, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ area, tiles, aspect }) => {
        const { strip, stage, tile } = arrange({ area, tiles, aspect });
        const beside = strip === 'side' ? tile.width + GAP : 0;
        const below = strip === 'below' ? tile.height + CAPTION + GAP : 0;
        expect(stage.width).to.be.within(1, area.width - beside);
        expect(stage.height + CAPTION).to.be.within(1, area.height - below);
        expect(Math.abs(stage.width - stage.height * aspect)).to.be.at.most(1 + aspect);
      }),
    );
  });

  it('does not fail on a box that has no size yet', () => {
    const { stage } = arrange({ area: { width: 0, height: 0 }, tiles: 2, aspect: wide });
    expect(stage).to.deep.equal({ width: 0, height: 0 });
  });
});
