import { expect } from 'chai';
import { firstTracks, type Candidate } from '../../../server/rooms/firstTracks.ts';

describe('the tracks that come first', () => {
  const track = (source: Candidate['source'], role: Candidate['role'] = 'guest', paused = false) => ({
    source,
    role,
    paused,
  });
  const name = ({ source, role }: Candidate) => `${role} ${source}`;

  it('are the cup, the screen, and then the host', () => {
    const crowd = Array.from({ length: 40 }, () => [track('microphone'), track('camera')]).flat();
    const tracks = [
      ...crowd,
      track('microphone', 'host'),
      track('camera', 'host'),
      track('screen'),
      track('teaCloseUp', 'host'),
    ];
    expect(firstTracks(tracks).map(name)).to.deep.equal([
      'host teaCloseUp',
      'guest screen',
      'host camera',
      'host microphone',
    ]);
  });

  it('are all of them in a small room', () => {
    expect(firstTracks([track('camera'), track('microphone')])).to.have.length(2);
  });

  it('are the host alone in a large room, so that the others do not stand in the way', () => {
    const tracks = [...Array.from({ length: 4 }, () => track('camera')), track('camera', 'host')];
    expect(firstTracks(tracks).map(name)).to.deep.equal(['host camera']);
  });

  it('are a picture too where the host shows none', () => {
    const tracks = [
      track('camera', 'host', true),
      track('microphone', 'host'),
      ...Array.from({ length: 4 }, () => track('camera')),
    ];
    expect(firstTracks(tracks).map(name)).to.deep.equal(['host microphone', 'guest camera']);
  });

  it('are the muted ones last', () => {
    const small = [track('teaCloseUp', 'host', true), track('camera')];
    expect(firstTracks(small).map(name)).to.deep.equal(['guest camera', 'host teaCloseUp']);
    const large = [track('teaCloseUp', 'host', true), ...Array.from({ length: 4 }, () => track('camera'))];
    expect(firstTracks(large).map(name)).to.not.include('host teaCloseUp');
  });

  it('are one picture of a large room that has neither cup nor host, the one that has been there longest', () => {
    const tracks = Array.from({ length: 6 }, (_, index) => ({ ...track('camera'), index }));
    expect(firstTracks([track('microphone'), ...tracks])).to.deep.equal([{ ...track('camera'), index: 0 }]);
  });

  it('keep the order they came in among equals', () => {
    const tracks = Array.from({ length: 6 }, (_, index) => ({ ...track('screen'), index }));
    expect(firstTracks(tracks).map(({ index }) => index)).to.deep.equal([0, 1, 2, 3]);
  });
});
