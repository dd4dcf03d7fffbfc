import { expect } from 'chai';
import { chooseStillCamera } from '../../../../client-sdk/src/stills/chooseStillCamera.ts';
import type { LocalTrack } from '../../../../client-sdk/src/tracks/LocalTrack.ts';
import type { TrackInfo } from '../../../../protocol/participants.ts';
import { trackInfo } from '../fakes/infos.ts';

describe('the camera for a still where nobody is named', () => {
  const other = (participantId: string, ...published: Partial<TrackInfo>[]) => ({
    participantId,
    publishedTracks: new Map(published.map(trackInfo).map((track) => [track.source, track])),
  });
  const local = (muted?: boolean) => ({
    participantId: 'self',
    tracks: new Map(muted === undefined ? [] : [['teaCloseUp' as const, { muted } as LocalTrack]]),
  });
  const mei = other('mei', { source: 'camera' }, { source: 'teaCloseUp' });

  it('is that of the first who shows the source', () => {
    expect(chooseStillCamera([other('anna', { source: 'camera' }), mei], local(), 'teaCloseUp')).to.equal('mei');
    expect(chooseStillCamera([other('anna', { source: 'camera' }), mei], local(), 'camera')).to.equal('anna');
  });

  it('is not a muted one', () => {
    const muted = other('anna', { source: 'teaCloseUp', paused: true });
    expect(chooseStillCamera([muted, mei], local(), 'teaCloseUp')).to.equal('mei');
    expect(() => chooseStillCamera([muted], local(true), 'teaCloseUp'))
      .to.throw()
      .with.property('code', 'producerNotFound');
  });

  it('is the own one where no other shows it', () => {
    expect(chooseStillCamera([other('anna')], local(false), 'teaCloseUp')).to.equal('self');
    expect(chooseStillCamera([mei], local(false), 'teaCloseUp')).to.equal('mei');
  });
});
