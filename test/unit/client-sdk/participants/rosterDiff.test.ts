import { expect } from 'chai';
import { rosterDiff, tracksDiff } from '../../../../client-sdk/src/participants/rosterDiff.ts';
import { participantInfo, trackInfo } from '../fakes/infos.ts';

describe('rosterDiff', () => {
  const anna = participantInfo({ participantId: 'anna' });
  const bo = participantInfo({ participantId: 'bo' });
  const chen = participantInfo({ participantId: 'chen' });

  it('tells who left, who came and who stayed', () => {
    expect(rosterDiff(['anna', 'bo'], [bo, chen])).to.deep.equal({ left: ['anna'], joined: [chen], stayed: [bo] });
  });

  it('finds nothing where nothing changed', () => {
    expect(rosterDiff(['anna'], [anna])).to.deep.equal({ left: [], joined: [], stayed: [anna] });
    expect(rosterDiff([], [])).to.deep.equal({ left: [], joined: [], stayed: [] });
  });
});

describe('tracksDiff', () => {
  const camera = trackInfo({ producerId: 'p1', source: 'camera' });
  const microphone = trackInfo({ producerId: 'p2', source: 'microphone', kind: 'audio' });

  it('tells what was taken back, what is new and what was muted', () => {
    const cup = trackInfo({ producerId: 'p3', source: 'teaCloseUp' });
    const muted = { ...microphone, paused: true };
    expect(tracksDiff([camera, microphone], [muted, cup])).to.deep.equal({
      unpublished: [camera],
      published: [cup],
      changed: [muted],
    });
  });

  it('takes a source that is published anew for another track', () => {
    const again = { ...camera, producerId: 'p9' };
    expect(tracksDiff([camera], [again])).to.deep.equal({ unpublished: [camera], published: [again], changed: [] });
  });
});
