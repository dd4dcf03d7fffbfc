import { expect } from 'chai';
import type { Participant, TastingRoom } from '../../../../client-sdk/src/index.ts';
import { isLive, listPeople, toScenePerson } from '../../../../web/src/session/people.ts';

const person = (participantId: string, joinedAt: number, tracks: Record<string, { muted: boolean }> = {}) =>
  ({
    participantId,
    joinedAt,
    role: 'guest',
    isLocal: participantId === 'me',
    tracks: new Map(Object.entries(tracks)),
  }) as unknown as Participant;

const roomOf = (others: Participant[], hidden: boolean) =>
  ({
    participants: new Map(others.map((other) => [other.participantId, other])),
    localParticipant: person('me', 0),
    grants: { hidden },
  }) as unknown as TastingRoom;

describe('people to show', () => {
  const others = [person('late', 20), person('early', 10)];

  it('stand in the order in which they came, oneself last', () => {
    const ids = listPeople(roomOf(others, false)).map(({ participantId }) => participantId);
    expect(ids).to.deep.equal(['early', 'late', 'me']);
  });

  it('leave out oneself where one is not shown to others', () => {
    const ids = listPeople(roomOf(others, true)).map(({ participantId }) => participantId);
    expect(ids).to.deep.equal(['early', 'late']);
  });

  it('show what is published and not muted', () => {
    const host = person('host', 1, {
      camera: { muted: true },
      teaCloseUp: { muted: false },
      microphone: { muted: false },
    });
    expect(toScenePerson(host).showing).to.deep.equal(['teaCloseUp']);
    expect(isLive(host, 'microphone')).to.equal(true);
    expect(isLive(host, 'camera')).to.equal(false);
    expect(isLive(host, 'screen')).to.equal(false);
  });
});
