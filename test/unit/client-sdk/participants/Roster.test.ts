import { expect } from 'chai';
import { LocalParticipant } from '../../../../client-sdk/src/participants/LocalParticipant.ts';
import { Roster } from '../../../../client-sdk/src/participants/Roster.ts';
import { participantInfo, trackInfo } from '../fakes/infos.ts';
import { recordEvents } from '../fakes/recordEvents.ts';

describe('Roster', () => {
  function makeRoster() {
    const { emit, names } = recordEvents();
    const gone: string[] = [];
    const local = new LocalParticipant({
      tracks: new Map(),
      publish: () => Promise.reject(new Error('not here')),
      unpublish: () => Promise.resolve(),
      setMetadata: () => Promise.resolve(),
    });
    local.updateInfo(participantInfo({ participantId: 'self' }));
    const roster = new Roster({
      local,
      emit,
      trackGone: (producerId) => void gone.push(producerId),
      participantGone: (participantId) => void gone.push(participantId),
    });
    return { roster, local, names, gone };
  }
  const anna = participantInfo({
    participantId: 'anna',
    tracks: [trackInfo({ producerId: 'p1' }), trackInfo({ producerId: 'p2', source: 'microphone', kind: 'audio' })],
  });

  it('announces everyone of the first snapshot with what they publish', () => {
    const { roster, names } = makeRoster();
    roster.apply([anna]);
    expect(names).to.deep.equal(['participantJoined', 'trackPublished', 'trackPublished']);
    expect([...(roster.participants.get('anna')?.publishedTracks.keys() ?? [])]).to.deep.equal([
      'camera',
      'microphone',
    ]);
  });

  it('says nothing of a snapshot in which nothing changed', () => {
    const { roster, names } = makeRoster();
    roster.apply([anna]);
    names.length = 0;
    roster.apply([anna]);
    expect(names).to.deep.equal([]);
  });

  it('tells of everything that a later snapshot changed', () => {
    const { roster, names, gone } = makeRoster();
    roster.apply([anna, participantInfo({ participantId: 'bo' })]);
    names.length = 0;
    roster.apply([
      { ...anna, connection: 'reconnecting', quality: 'poor', tracks: [trackInfo({ producerId: 'p1', paused: true })] },
    ]);
    expect(names).to.deep.equal([
      'participantLeft',
      'participantUpdated',
      'connectionQualityChanged',
      'trackUnpublished',
      // Muted, and not received here.
      'participantUpdated',
    ]);
    expect(gone).to.deep.equal(['bo', 'p2']);
  });

  it('takes the source of a new track back from the one before', () => {
    const { roster, names } = makeRoster();
    roster.apply([anna]);
    names.length = 0;
    roster.publish('anna', trackInfo({ producerId: 'p9' }));
    expect(names).to.deep.equal(['trackUnpublished', 'trackPublished']);
    expect(roster.participants.get('anna')?.publishedTracks.get('camera')?.producerId).to.equal('p9');
  });

  it('knows oneself among the speakers, and forgets those who leave', () => {
    const { roster, local, names } = makeRoster();
    roster.apply([anna]);
    names.length = 0;
    roster.setSpeakers(['anna', 'self', 'nobody']);
    expect(roster.activeSpeakers.map(({ participantId }) => participantId)).to.deep.equal(['anna', 'self']);
    expect(local.isSpeaking).to.equal(true);
    roster.remove('anna', 'left');
    expect(roster.activeSpeakers).to.deep.equal([local]);
    expect(names).to.deep.equal(['activeSpeakersChanged', 'activeSpeakersChanged', 'participantLeft']);
  });

  it('ignores what concerns someone it does not know', () => {
    const { roster, names } = makeRoster();
    roster.remove('nobody', 'left');
    roster.publish('nobody', trackInfo());
    roster.unpublish('nobody', 'p1');
    roster.setMuted('nobody', 'p1', true);
    roster.update(participantInfo({ participantId: 'nobody' }));
    roster.updateQualities([{ participantId: 'nobody', quality: 'good', qualityReason: null }]);
    expect(names).to.deep.equal([]);
  });

  it('lets everyone go at the end', () => {
    const { roster, names } = makeRoster();
    roster.apply([anna]);
    names.length = 0;
    roster.clear('connectionLost');
    expect(names).to.deep.equal(['participantLeft']);
    expect(roster.participants.size).to.equal(0);
  });
});
