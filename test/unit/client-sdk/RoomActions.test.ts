import { expect } from 'chai';
import type { LocalParticipant } from '../../../client-sdk/src/participants/LocalParticipant.ts';
import { RemoteParticipant } from '../../../client-sdk/src/participants/RemoteParticipant.ts';
import { RoomActions } from '../../../client-sdk/src/RoomActions.ts';
import type { RoomSession } from '../../../client-sdk/src/session/RoomSession.ts';
import type { ParticipantInfo } from '../../../protocol/participants.ts';
import { participantInfo, trackInfo } from './fakes/infos.ts';
import { rejection } from './fakes/rejection.ts';

/** A stay in a room, with a server that answers each request as the test says. */
class Stay extends RoomActions {
  readonly localParticipant: LocalParticipant;
  protected readonly session: RoomSession;
  readonly sent: [method: string, data: unknown][] = [];

  constructor(
    self: Partial<ParticipantInfo>,
    others: Partial<ParticipantInfo>[],
    stage = 'joined',
    answer: object = {},
  ) {
    super();
    const participants = new Map(
      others.map(participantInfo).map((info) => {
        const participant = new RemoteParticipant(info);
        for (const track of info.tracks) participant.setPublishedTrack(track);
        return [info.participantId, participant];
      }),
    );
    this.localParticipant = participantInfo(self) as unknown as LocalParticipant;
    const isInside = stage === 'joined' || stage === 'aside';
    const request = (method: string, data: unknown) => {
      this.sent.push([method, data]);
      return Promise.resolve(answer);
    };
    this.session = { stage, isInside, roster: { participants }, request } as unknown as RoomSession;
  }
}

describe('what one asks of a room', () => {
  const mei = { participantId: 'mei' };
  const chen = { participantId: 'chen' };

  it('is a request of its own for each', async () => {
    const tracks = [trackInfo({ producerId: 'p1', source: 'camera' })];
    const stay = new Stay(mei, [{ ...chen, tracks }], 'joined', { admitted: 2, bans: [] });
    await stay.admit('chen');
    await stay.admit('chen', { aside: true });
    await stay.endAside('chen');
    await stay.decline('chen', 'not today');
    expect(await stay.admitAll()).to.equal(2);
    await stay.setLobbyNote('The water boils.');
    await stay.setLocked(true);
    await stay.handOver('chen');
    await stay.removeParticipant('chen');
    await stay.removeParticipant('chen', { ban: true });
    expect(await stay.listBans()).to.deep.equal([]);
    await stay.liftBan('chen');
    await stay.muteParticipant('chen', 'camera');
    expect(stay.sent).to.deep.equal([
      ['admit', { participantId: 'chen', aside: false }],
      ['admit', { participantId: 'chen', aside: true }],
      ['endAside', { participantId: 'chen' }],
      ['decline', { participantId: 'chen', reason: 'not today' }],
      ['admitAll', {}],
      ['setLobbyNote', { text: 'The water boils.' }],
      ['setLocked', { locked: true }],
      ['handOver', { participantId: 'chen' }],
      ['removeParticipant', { participantId: 'chen', ban: false }],
      ['removeParticipant', { participantId: 'chen', ban: true }],
      ['listBans', {}],
      ['liftBan', { identity: 'chen' }],
      ['setProducerPaused', { producerId: 'p1', paused: true }],
    ]);
    expect((await rejection(stay.muteParticipant('chen', 'microphone'))).code).to.equal('producerNotFound');
  });

  it('knows who one speaks with aside: the host by the other one, the other one by itself', () => {
    const aside = { ...chen, asideWith: 'mei' };
    expect(new Stay(mei, [{ participantId: 'anna' }, aside]).asideWith).to.equal('chen');
    expect(new Stay(aside, [mei], 'aside').asideWith).to.equal('mei');
    // Another host speaks with someone else.
    expect(new Stay(mei, [{ ...chen, asideWith: 'anna' }]).asideWith).to.equal(null);
    // What was so at the last snapshot.
    expect(new Stay({ ...mei, asideWith: 'chen' }, [chen]).asideWith).to.equal(null);
    expect(new Stay(aside, [], 'lobby').asideWith).to.equal(null);
  });
});
