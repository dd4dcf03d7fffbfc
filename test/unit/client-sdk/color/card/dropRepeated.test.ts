import { expect } from 'chai';
import { dropRepeated } from '../../../../../client-sdk/src/color/card/dropRepeated.ts';
import type { Region } from '../../../../../client-sdk/src/color/card/flatRegions.ts';

const region = (area: number, color: Region['color']): Region => ({ x: 0, y: 0, area, color, xx: 1, xy: 0, yy: 1 });
/** Colours of which no two are alike, so many that a mosaic may have them. */
const different = (count: number, area: number) =>
  Array.from({ length: count }, (_, index) =>
    region(area, [(index % 16) * 16, (Math.floor(index / 16) % 16) * 16, Math.floor(index / 256) * 16]),
  );

describe('dropRepeated', () => {
  it('leaves out what comes again and again, and leaves what has a few of its like', () => {
    const tiles = Array.from({ length: 20 }, () => region(100, [90, 90, 90]));
    const patches = different(24, 100);
    expect(dropRepeated([...tiles, ...patches])).to.have.members(patches);
  });

  it('leaves what is alike in colour but not in size', () => {
    const things = Array.from({ length: 20 }, (_, index) => region(100 * 1.5 ** index, [90, 90, 90]));
    expect(dropRepeated(things)).to.have.lengthOf(20);
  });

  it('leaves the larger ones where a mosaic has more than rows can be looked for in', () => {
    const patches = different(24, 400);
    for (const count of [2_000, 4_096 * 3]) {
      const pieces = Array.from({ length: Math.ceil(count / 4_096) }, () => different(4_096, 25)).flat();
      const left = dropRepeated([...pieces, ...patches]);
      expect(left).to.have.lengthOf(600);
      expect(left).to.include.members(patches);
    }
  });
});
