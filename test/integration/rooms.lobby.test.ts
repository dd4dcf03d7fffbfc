import { expect } from 'chai';
import { audioParameters, fixtureHello, videoParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';

describe('the lobby', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const names = (people: readonly { identity: string }[]) => people.map(({ identity }) => identity);
  const sessionOf = (participantId: string) =>
    node.server.registry.find(API_KEY, 'tea')?.participants.find(({ id }) => id === participantId);
  const camera = { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) } as const;

  before(async () => (node = await startTestServer({ rooms: { lobby: true } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('holds a guest until the host lets them in', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', camera);
    const guest = await visitors.join('guest');
    expect(guest.snapshot).to.deep.include({ stage: 'lobby', participants: [], waiting: [] });
    const { waiting } = await host.client.notification('lobbyChanged', (data) => data.waiting.length > 0);
    expect(names(waiting)).to.deep.equal(['guest']);

    await host.client.request('admit', { participantId: guest.participantId });
    expect(names(host.client.received('participantJoined').map(({ participant }) => participant))).to.deep.equal([
      'guest',
    ]);
    const admitted = await guest.client.notification('admitted');
    expect(admitted).to.include({ stage: 'joined', sessionId: guest.snapshot.sessionId });
    expect(names(admitted.participants)).to.deep.equal(['host']);
    expect(admitted.media?.consumers.map(({ paused }) => paused)).to.deep.equal([false]);
    expect(admitted.media?.recv?.id).to.equal(guest.snapshot.media?.recv?.id);
    expect(host.client.received('lobbyChanged').at(-1)?.waiting).to.be.empty;
  });

  it('lets the host in at once, and shows who waits already', async () => {
    await visitors.join('early');
    const host = await visitors.join('host', { role: 'host' });
    expect(host.snapshot.stage).to.equal('joined');
    expect(names(host.snapshot.waiting)).to.deep.equal(['early']);
  });

  it('sends no media to a guest who waits, and takes none from them', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', camera);
    const guest = await visitors.join('guest');
    const consumer = guest.snapshot.media?.consumers[0];
    const consumerId = consumer?.consumerId ?? '';
    expect(consumer?.paused).to.equal(true);
    for (const [method, data] of [
      ['setConsumerPreferences', { consumerId, paused: false }],
      ['setConsumerPreferences', { consumerId, priority: 9 }],
      ['requestKeyFrame', { consumerId }],
      ['produce', camera],
    ] as const) {
      expect(await guest.client.refusalOf(method, data)).to.include({ code: 'wrongStage' });
    }
    // Asking again, with or without capabilities, opens nothing either.
    const { rtpCapabilities } = fixtureHello();
    for (const data of [{}, { rtpCapabilities }])
      expect((await guest.client.request('join', data)).stage).to.equal('lobby');
    await host.client.request('produce', { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(9) });
    await guest.client.notification('newConsumer');
    const paused = [...(sessionOf(guest.participantId)?.subscriptions.values() ?? [])].map(
      ({ consumer: made }) => made.paused,
    );
    expect(paused).to.deep.equal([true, true]);
  });

  it('tells a guest who waits nothing about who is inside', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    const other = await visitors.join('expert', { role: 'expert' });
    await host.client.request('admit', { participantId: other.participantId });
    await other.client.notification('admitted');
    await other.client.request('setMetadata', { metadata: 'secret' });
    await host.client.notification('participantUpdated', ({ participant }) => participant.metadata === 'secret');
    // The answer of a request comes after everything that was sent before it.
    await guest.client.request('join', {});
    expect(guest.client.notifications.map(({ name }) => name)).to.deep.equal(['welcome']);
  });

  it('shows who waits only to those who may let them in', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const inside = await visitors.join('inside');
    await host.client.request('admit', { participantId: inside.participantId });
    await inside.client.notification('admitted');
    const guest = await visitors.join('guest');
    await host.client.notification('lobbyChanged', ({ waiting }) => names(waiting).includes('guest'));
    expect((await inside.client.request('join', {})).waiting).to.be.empty;
    expect(inside.client.received('lobbyChanged')).to.be.empty;
    for (const method of ['admit', 'decline']) {
      const refusal = await inside.client.refusalOf(method, { participantId: guest.participantId });
      expect(refusal).to.include({ code: 'notAllowed' });
    }
  });

  it('is not opened by a guest who waits', async () => {
    const guest = await visitors.join('guest', { grants: { admit: false, moderate: true } });
    const refusal = await guest.client.refusalOf('admit', { participantId: guest.participantId });
    expect(refusal).to.include({ code: 'notAllowed' });
  });

  it('is not opened by a host who has not entered', async () => {
    const guest = await visitors.join('guest');
    const host = await visitors.join('host', { role: 'host', hello: { intent: 'prepare', media: false } });
    expect(host.snapshot.waiting).to.be.empty;
    const refusal = await host.client.refusalOf('admit', { participantId: guest.participantId });
    expect(refusal).to.include({ code: 'notAllowed' });
  });

  it('sends a guest away with the words of the host', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    await host.client.request('decline', { participantId: guest.participantId, reason: 'Come back at five.' });
    expect(await guest.client.refusal()).to.include({ code: 'admissionDeclined', message: 'Come back at five.' });
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 0);
    expect(host.client.received('participantLeft')).to.be.empty;
    const again = await host.client.refusalOf('admit', { participantId: guest.participantId });
    expect(again).to.include({ code: 'participantNotFound' });
  });

  it('sends a guest away with standard words where the host says nothing', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    await host.client.request('decline', { participantId: guest.participantId, reason: '' });
    expect((await guest.client.refusal()).message).to.match(/host did not let you in/);
  });

  it('forgets a guest who leaves', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 1);
    await guest.client.request('leave', {});
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 0);
  });

  it('keeps the place of a guest whose socket is lost for a while', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    guest.client.cut();
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting[0]?.connection === 'reconnecting');
    const again = await visitors.resume('guest', guest);
    expect(again.snapshot).to.include({ stage: 'lobby', resumed: true });
    await host.client.request('admit', { participantId: guest.participantId });
    await again.client.notification('admitted');
  });

  it('tells a guest who was let in while the socket was lost', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    guest.client.cut();
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting[0]?.connection === 'reconnecting');
    await host.client.request('admit', { participantId: guest.participantId });
    expect((await visitors.resume('guest', guest)).snapshot).to.include({ stage: 'joined', resumed: true });
  });

  it('lets a guest in once when two hosts do so at once', async () => {
    const [one, two] = [await visitors.join('one', { role: 'host' }), await visitors.join('two', { role: 'host' })];
    const guest = await visitors.join('guest');
    const { participantId } = guest;
    const answers = await Promise.allSettled(
      [one, two].map(({ client }) => client.request('admit', { participantId })),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    await guest.client.request('join', {});
    expect(guest.client.received('admitted')).to.have.length(1);
    expect(two.client.received('participantJoined')).to.have.length(1);
  });

  it('does not admit more than the room has seats', async () => {
    await node.server.registry.createRoom(API_KEY, { name: 'small', maxParticipants: 2, lobby: true });
    const host = await visitors.join('host', { role: 'host', room: 'small' });
    const [one, two] = [await visitors.join('one', { room: 'small' }), await visitors.join('two', { room: 'small' })];
    await host.client.request('admit', { participantId: one.participantId });
    const refusal = await host.client.refusalOf('admit', { participantId: two.participantId });
    expect(refusal).to.include({ code: 'roomFull' });
    await one.client.request('leave', {});
    await host.client.notification('participantLeft');
    await host.client.request('admit', { participantId: two.participantId });
    await two.client.notification('admitted');
  });

  it('lets in all who wait, as far as there are seats, who has waited longest first', async () => {
    const room = 'for three';
    await node.server.registry.createRoom(API_KEY, { name: room, maxParticipants: 3, lobby: true });
    const host = await visitors.join('host', { role: 'host', room });
    const guests = [];
    for (const identity of ['first', 'second', 'third']) guests.push(await visitors.join(identity, { room }));
    const [first, second] = guests as [Visitor, Visitor];
    expect(await first.client.refusalOf('admitAll', {})).to.include({ code: 'notAllowed' });
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 3);
    expect(await host.client.request('admitAll', {})).to.deep.equal({ admitted: 2 });
    for (const { client } of [first, second]) await client.notification('admitted', ({ stage }) => stage === 'joined');
    const { waiting } = await host.client.request('join', {});
    expect(names(waiting)).to.deep.equal(['third']);
    expect(await host.client.request('admitAll', {})).to.deep.equal({ admitted: 0 });
    await second.client.request('leave', {});
    await host.client.notification('participantLeft');
    expect(await host.client.request('admitAll', {})).to.deep.equal({ admitted: 1 });
  });

  it('shows a word of the host to those who wait, also when the room was closed meanwhile', async () => {
    const room = 'with a word';
    const host = await visitors.join('host', { role: 'host', room });
    const guest = await visitors.join('guest', { room });
    expect(guest.snapshot.room.lobbyNote).to.equal('');
    await host.client.request('setLobbyNote', { text: 'The water is boiling.' });
    await guest.client.notification('roomChanged', (data) => data.room.lobbyNote === 'The water is boiling.');
    expect(await guest.client.refusalOf('setLobbyNote', { text: 'x' })).to.include({ code: 'notAllowed' });
    // Three nodes without a common database have it each, where they had the room.
    await visitors.join('another', { room });
    visitors.clear();
    expect((await visitors.join('guest', { room })).snapshot.room.lobbyNote).to.equal('The water is boiling.');
  });

  it('shows the stills to those alone who may look ahead', async () => {
    const expert = await visitors.join('expert', { role: 'expert' });
    const guest = await visitors.join('guest');
    expect(await expert.client.request('listStills', {})).to.deep.equal({ stills: [] });
    expect(await guest.client.refusalOf('listStills', {})).to.include({ code: 'wrongStage' });
  });
});
