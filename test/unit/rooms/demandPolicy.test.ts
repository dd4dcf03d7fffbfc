import { expect } from 'chai';
import { demandChange, layerArrivalMs, layersInDemand, type Watching } from '../../../server/rooms/demandPolicy.ts';

const watching = (spatialLayer: number, paused = false): Watching => ({ paused, layers: { spatialLayer } });

describe('the demand for the layers of a video', () => {
  const demands: [what: string, watchers: Watching[], layers: number][] = [
    ['nothing where nobody watches', [], 0],
    ['nothing where all have paused it', [watching(2, true), watching(0, true)], 0],
    ['the smallest for a small tile', [watching(0)], 1],
    ['everything up to the largest that someone wants', [watching(0), watching(2), watching(1)], 3],
    ['what those want who have not paused it', [watching(2, true), watching(1)], 2],
    ['what those want who may have it', [{ ...watching(2), withheld: true }, watching(0)], 1],
  ];
  for (const [what, watchers, layers] of demands) {
    it(`is ${what}`, () => expect(layersInDemand(watchers)).to.equal(layers));
  }

  it('can be met after a round trip to the publisher, and as long as an encoder takes', () => {
    expect(layerArrivalMs()).to.equal(50);
    expect(layerArrivalMs(80)).to.equal(130);
    expect(layerArrivalMs(7_000)).to.equal(550);
  });

  it('raises at once, lowers later, and says nothing twice', () => {
    expect(demandChange(2, 1)).to.equal('raise');
    expect(demandChange(0, 1)).to.equal('lowerLater');
    expect(demandChange(1, 1)).to.equal('keep');
  });
});
