import { expect } from 'chai';
import { LayerDemand } from '../../../server/rooms/LayerDemand.ts';
import type { Member } from '../../../server/rooms/Member.ts';
import type { PublishedTrack } from '../../../server/rooms/PublishedTrack.ts';

describe('the demand for a video that is watched on other nodes', () => {
  let demand: LayerDemand;
  let track: PublishedTrack;
  let told: number[];
  let close: () => void;

  beforeEach(() => {
    demand = new LayerDemand();
    told = [];
    track = {
      producerId: 'cup',
      kind: 'video',
      source: 'teaCloseUp',
      remote: false,
      paused: false,
      closed: false,
      size: undefined,
      spatialLayers: 3,
      layersWanted: 0,
      keyFrames: undefined,
      onClosed: (callback) => (close = callback),
      openOn: () => Promise.reject(new Error('there is no media here')),
    };
    demand.add({ tellLayersWanted: (_, layers) => void told.push(layers) } as Partial<Member> as Member, track);
  });
  afterEach(() => close());

  it('is the largest of all nodes, and less as soon as one of them says so, which has waited itself', () => {
    demand.setRemote('a', 'cup', 2);
    demand.setRemote('b', 'cup', 1);
    demand.setRemote('a', 'cup', 0);
    demand.setRemote('b', 'cup', 0);
    expect(told).to.deep.equal([2, 1, 0]);
  });

  it('stays for a while where someone here is about to watch', () => {
    demand.setRemote('a', 'cup', 2);
    demand.expect([track]);
    demand.setRemote('a', 'cup', 0);
    expect(told).to.deep.equal([2, 3]);
  });
});
