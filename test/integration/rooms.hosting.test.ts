import { expect } from 'chai';
import { audioParameters, videoParameters } from '../helpers/rtpFixtures.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const microphone = { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(1) } as const;
const camera = { kind: 'video', source: 'camera', rtpParameters: videoParameters(11) } as const;

describe('hosting', () => {
  let node: TestServer;
  /** Who hosts a room outlives its sessions: each test has one of its own. */
  let room: string;
  let count = 0;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer({ rooms: { lobby: true }, signaling: { resumeTimeoutMs: 300 } })));
  beforeEach(() => (room = `room ${++count}`));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const comeIn = async (host: Visitor, identity: string) => {
    const guest = await join(identity);
    await host.client.request('admit', { participantId: guest.participantId });
    await guest.client.notification('admitted');
    return guest;
  };
  const roleOf = async ({ client }: Visitor) => (await client.request('join', {})).self.role;
  const untilRole = ({ client }: Visitor, role: string) =>
    client.notification('roleChanged', ({ self }) => self.role === role);
  /** An owner, who has made a friend the host, and a guest. */
  const gather = async () => {
    const owner = await join('owner', { role: 'host' });
    const [friend, guest] = [await comeIn(owner, 'friend'), await comeIn(owner, 'guest')];
    await owner.client.request('handOver', { participantId: friend.participantId });
    await untilRole(friend, 'host');
    return { owner, friend, guest };
  };

  it('is handed over with all that a host may do', async () => {
    const { owner, friend, guest } = await gather();
    const given = await untilRole(owner, 'expert');
    expect(given.grants).to.include({ admit: false, moderate: false, lead: false });
    expect((await untilRole(friend, 'host')).grants).to.include({ admit: true, moderate: true, lead: true });
    for (const [identity, role] of [
      ['owner', 'expert'],
      ['friend', 'host'],
    ] as const) {
      await guest.client.notification(
        'participantUpdated',
        ({ participant }) => participant.identity === identity && participant.role === role,
      );
    }
    const { room: info } = await guest.client.notification('roomChanged', (data) => data.room.hostName === 'friend');
    expect(info.hostAway).to.equal(null);
    const waiting = await join('waiting');
    const { participantId } = waiting;
    expect(await owner.client.refusalOf('admit', { participantId })).to.include({ code: 'notAllowed' });
    expect(await owner.client.refusalOf('handOver', { participantId })).to.include({ code: 'notAllowed' });
    await friend.client.notification('lobbyChanged', (data) => data.waiting.length === 1);
    await friend.client.request('admit', { participantId });
    await friend.client.request('removeParticipant', { participantId: guest.participantId });
  });

  it('stays where it is when pages are loaded again, and neither waits', async () => {
    const { friend, guest } = await gather();
    const [owner, again] = [await join('owner', { role: 'host' }), await join('friend')];
    expect([owner, again].map(({ snapshot }) => [snapshot.stage, snapshot.self.role])).to.deep.equal([
      ['joined', 'expert'],
      ['joined', 'host'],
    ]);
    expect(await friend.client.refusal()).to.include({ code: 'sessionReplaced' });
    expect((await guest.client.request('join', {})).room).to.include({ hostName: 'friend', hostAway: null });
  });

  it('goes back at once when the new host leaves, or gives it back', async () => {
    const { owner, friend } = await gather();
    await friend.client.request('handOver', { participantId: owner.participantId });
    await untilRole(owner, 'host');
    expect((await untilRole(friend, 'guest')).grants).to.include({ admit: false, moderate: false });
    await owner.client.request('handOver', { participantId: friend.participantId });
    await friend.client.request('leave', {});
    await owner.client.notification('roomChanged', ({ room: { hostName } }) => hostName === 'owner');
    const hosts = () => owner.client.received('roleChanged').filter(({ self }) => self.role === 'host').length;
    await waitFor('the role to come back a second time', () => hosts() === 2);
    expect(await roleOf(await comeIn(owner, 'friend'))).to.equal('guest');
  });
  it('is kept for a host whose connection is lost, and all are told', async () => {
    const { owner, friend, guest } = await gather();
    const waiting = await join('waiting');
    friend.client.cut();
    for (const { client } of [owner, guest, waiting]) {
      const { room: info } = await client.notification('roomChanged', (data) => data.room.hostAway !== null);
      expect(info.hostAway).to.have.property('name', 'friend');
      expect(info.hostAway?.keptForMs).to.be.within(1, 120_000);
    }
    await guest.client.notification('participantLeft', ({ reason }) => reason === 'connectionLost');
    expect((await join('late')).snapshot.room.hostAway).to.have.property('name', 'friend');
    expect((await join('friend')).snapshot).to.deep.include({ stage: 'joined' });
    await waiting.client.notification('roomChanged', (data) => data.room.hostAway === null);
    expect(await roleOf(owner)).to.equal('expert');
  });

  it('is shown to those who wait, as soon as there is a host', async () => {
    const early = await join('early');
    expect(early.snapshot.room).to.include({ hostName: null, hostAway: null });
    const host = await join('host', { role: 'host', name: 'Mei' });
    await early.client.notification('roomChanged', (data) => data.room.hostName === 'Mei');
    await host.client.request('leave', {});
    await early.client.notification('roomChanged', (data) => data.room.hostName === null);
  });

  it('is handed over to someone in the room whom all see, by who has it', async () => {
    const { owner, friend, guest } = await gather();
    const waiting = await join('waiting');
    const observer = await join('observer', { role: 'observer', grants: { admit: true } });
    for (const { participantId } of [waiting, observer, friend]) {
      const refusal = await friend.client.refusalOf('handOver', { participantId });
      expect(refusal).to.include({ code: 'participantNotFound' });
    }
    for (const { client } of [owner, guest, observer]) {
      const refusal = await client.refusalOf('handOver', { participantId: guest.participantId });
      expect(refusal).to.include({ code: 'notAllowed' });
    }
  });

  it('makes nothing lasting: who has it invites, and gives no more than they have by their own token', async () => {
    const { friend } = await gather();
    const refusal = await friend.client.refusalOf('createInvite', { role: 'guest', grants: { moderate: true } });
    expect(refusal).to.include({ code: 'notAllowed', path: 'grants.moderate' });
    const { invite } = await friend.client.request('createInvite', { role: 'guest' });
    expect(invite.grants).to.deep.equal({});
  });

  it('ends a word aside of who hands it over', async () => {
    const { owner, friend } = await gather();
    const expert = await join('expert', { role: 'expert' });
    await friend.client.request('admit', { participantId: expert.participantId, aside: true });
    await friend.client.request('handOver', { participantId: owner.participantId });
    await expert.client.notification('admitted', ({ stage }) => stage === 'lobby');
    await owner.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 1);
  });

  it('leaves to each whether they are heard and seen, whoever stopped it and hosts since', async () => {
    const { owner, friend, guest } = await gather();
    for (const request of [microphone, camera]) {
      const { producerId } = await guest.client.request('produce', request);
      await friend.client.request('setProducerPaused', { producerId, paused: true });
      for (const { client } of [owner, guest]) {
        await client.notification('trackMuted', (told) => told.producerId === producerId && told.paused);
      }
      await friend.client.request('handOver', { participantId: guest.participantId });
      await guest.client.request('setProducerPaused', { producerId, paused: false });
      await owner.client.notification('trackMuted', (told) => told.producerId === producerId && !told.paused);
      await guest.client.request('handOver', { participantId: friend.participantId });
      await guest.client.request('setProducerPaused', { producerId, paused: true });
      await guest.client.request('setProducerPaused', { producerId, paused: false });
    }
  });
});
