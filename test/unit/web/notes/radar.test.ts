import { expect } from 'chai';
import { noteAspects } from '../../../../client-sdk/src/index.ts';
import { radarPoint, radarShape } from '../../../../web/src/notes/radar.ts';
import { noteOf } from './sampleNotes.ts';

describe('the shape of the scores', () => {
  it('has the first aspect above, and the fourth of six below', () => {
    const above = radarPoint('dryLeaf', 10);
    const below = radarPoint('taste', 5);
    expect(above.x).to.be.closeTo(0, 1e-9);
    expect(above.y).to.be.closeTo(-1, 1e-9);
    expect(below.y).to.be.closeTo(0.5, 1e-9);
  });

  it('is as far from the middle as the score is high, on every axis', () => {
    for (const aspect of noteAspects) {
      const { x, y } = radarPoint(aspect, 7.5);
      expect(Math.hypot(x, y)).to.be.closeTo(0.75, 1e-9);
    }
  });

  it('has a corner for each score, and is none of fewer than three', () => {
    expect(radarShape(noteOf({ aroma: 5, taste: 5, liquor: 5 }))).to.have.lengthOf(3);
    expect(radarShape(noteOf({ aroma: 5, taste: 5 }))).to.equal(null);
  });
});
