import { expect } from 'chai';
import type { CreateRoom, RoomList } from '../../protocol/rest.ts';
import type { Snapshot } from '../../protocol/signaling.ts';
import { callRest } from '../helpers/restClient.ts';
import { audioParameters, simulcastParameters } from '../helpers/rtpFixtures.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import { API_KEY, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

interface Joined {
  client: SignalingClient;
  snapshot: Snapshot;
  url: string;
}

const camera = {
  kind: 'video',
  source: 'camera',
  rtpParameters: simulcastParameters,
  size: { width: 1280, height: 720 },
} as const;
const microphone = { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(5) } as const;

describe('a room that spans nodes', function () {
  this.timeout(60_000);
  let cluster: TestCluster;
  const clients: SignalingClient[] = [];
  const node = (index: number): TestServer => cluster.nodes[index]!;
  const roomAt = (index: number) => node(index).server.registry.find(API_KEY, 'tea');
  const join = async (
    index: number,
    identity: string,
    options: Parameters<TestServer['token']>[0] = {},
  ): Promise<Joined> => {
    const joined = await SignalingClient.join(node(index).url, await node(index).token({ identity, ...options }));
    clients.push(joined.client);
    expect(joined.url, 'each stays where it asks').to.equal(node(index).url);
    return joined;
  };
  /** Those that came with the welcome, or a moment later. */
  const consumersOf = ({ client, snapshot }: Joined) => [
    ...(snapshot.media?.consumers ?? []),
    ...client.received('newConsumer').map(({ consumer }) => consumer),
  ];
  const create = async (settings: CreateRoom) =>
    expect(await callRest(node(0), 'POST', '/rooms', settings)).to.have.property('status', 201);
  const idOf = ({ snapshot }: Joined) => snapshot.self.participantId;
  const names = ({ participants }: Snapshot) => participants.map(({ identity }) => identity).sort();
  const hears = ({ client }: Joined, identity: string) =>
    client.notification('participantJoined', ({ participant }) => participant.identity === identity);
  const pipes = async () => {
    const counts = cluster.nodes.flatMap(({ server }) => server.pool.workers.map((worker) => worker.pipes.node));
    return counts.reduce((sum, count) => sum + count, 0);
  };

  before(
    async () =>
      (cluster = await TestCluster.start(3, { cluster: { placement: 'region' } }, (index) => ({
        region: `region-${index}`,
      }))),
  );
  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    await cluster.closeRooms();
    await waitFor('all pipes to be closed', async () => (await pipes()) === 0);
    await waitFor('no room to be left', () => cluster.nodes.every(({ server }) => server.registry.size === 0));
  });
  after(() => cluster.close());

  it('shows everyone to everyone, with what happens to them', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const guest = await join(1, 'guest');
    await hears(host, 'guest');
    const expert = await join(2, 'expert', { role: 'expert' });
    await waitFor('all nodes to know all', () =>
      [0, 1, 2].every((index) => roomAt(index)?.detail.participants.length === 3),
    );
    expect(names(expert.snapshot)).to.deep.equal(['guest', 'host']);
    await Promise.all([hears(host, 'expert'), hears(guest, 'expert')]);
    await guest.client.request('setMetadata', { metadata: 'oolong' });
    for (const other of [host, expert]) {
      await other.client.notification('participantUpdated', ({ participant }) => participant.metadata === 'oolong');
    }
    await guest.client.request('leave', {});
    for (const other of [host, expert]) {
      const left = await other.client.notification('participantLeft');
      expect(left).to.deep.equal({ participantId: idOf(guest), reason: 'left' });
    }
    expect(names((await join(1, 'late')).snapshot)).to.deep.equal(['expert', 'host']);
  });

  it('tells who comes of those who are there already, and brings their tracks', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const { producerId } = await host.client.request('produce', camera);
    const guest = await join(1, 'guest');
    expect(names(guest.snapshot)).to.deep.equal(['host']);
    await waitFor('the consumer', () => consumersOf(guest).length === 1);
    expect(consumersOf(guest)[0]).to.include({ type: 'simulcast', producerId }).and.deep.include({ size: camera.size });
  });

  it('carries each track to another node once, and closes the way behind the last who wants it', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const { producerId: video } = await host.client.request('produce', camera);
    const { producerId: audio } = await host.client.request('produce', microphone);
    const guests = [await join(1, 'a'), await join(1, 'b'), await join(1, 'c')];
    for (const guest of guests) {
      await waitFor('both consumers', () =>
        [video, audio].every((id) => consumersOf(guest).some(({ producerId }) => producerId === id)),
      );
    }
    const worker = node(0).server.pool.workers[0];
    expect(worker).to.deep.include({ pipes: { worker: 0, node: 1 }, pipeConsumers: { worker: 0, node: 2 } });
    await guests[0]!.client.request('leave', {});
    await guests[1]!.client.request('leave', {});
    expect(worker).to.deep.include({ pipes: { worker: 0, node: 1 }, pipeConsumers: { worker: 0, node: 2 } });
    await guests[2]!.client.request('leave', {});
    await waitFor('the way to be closed at both ends', async () => (await pipes()) === 0);
  });

  it('lets a video rest that nobody watches on any node, and wakes it for who does on another one', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const { producerId } = await host.client.request('produce', camera);
    const told = () => host.client.received('layersWanted').map(({ spatialLayers }) => spatialLayers);
    await waitFor('it to rest', () => told().at(-1) === 0);
    const guest = await join(1, 'guest');
    await waitFor('it to be sent', () => told().at(-1) === 3);
    const consumer = await waitFor('the consumer', () =>
      consumersOf(guest).find((made) => made.producerId === producerId),
    );
    const { consumerId } = consumer;
    await guest.client.request('setConsumerPreferences', {
      consumerId,
      paused: false,
      preferredLayers: { spatialLayer: 0 },
    });
    await waitFor('one size to be enough', () => told().at(-1) === 1);
    await guest.client.request('leave', {});
    await waitFor('it to rest again', () => told().at(-1) === 0);
  });

  it('follows what a publisher does with a track', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const guest = await join(1, 'guest');
    await hears(host, 'guest');
    const { producerId } = await host.client.request('produce', camera);
    await guest.client.notification('trackPublished', ({ track }) => track.producerId === producerId);
    await guest.client.notification('newConsumer');
    await host.client.request('setProducerPaused', { producerId, paused: true });
    await guest.client.notification('trackMuted', ({ paused }) => paused);
    await host.client.request('setProducerPaused', { producerId, paused: false });
    await guest.client.notification('trackMuted', ({ paused }) => !paused);
    await host.client.request('setVideoSize', { producerId, size: { width: 640, height: 360 } });
    await guest.client.notification('videoResized', ({ size }) => size.width === 640);
    await host.client.request('closeProducer', { producerId });
    await guest.client.notification('trackUnpublished', (data) => data.producerId === producerId);
    await guest.client.notification('consumerClosed');
    expect(roomAt(1)?.detail.participants.find(({ identity }) => identity === 'host')?.tracks).to.deep.equal([]);
  });

  it('has one lobby, from which a host on any node lets in or declines', async () => {
    await create({ name: 'tea', lobby: true });
    const host = await join(0, 'host', { role: 'host' });
    const [welcome, unwelcome] = [await join(1, 'welcome'), await join(2, 'unwelcome')];
    expect([welcome.snapshot.stage, unwelcome.snapshot.stage]).to.deep.equal(['lobby', 'lobby']);
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 2);
    await host.client.request('admit', { participantId: idOf(welcome) });
    const admitted = await welcome.client.notification('admitted');
    expect(admitted).to.have.property('stage', 'joined');
    await hears(host, 'welcome');
    await host.client.request('decline', { participantId: idOf(unwelcome), reason: 'closing time' });
    expect(await unwelcome.client.refusal()).to.include({ code: 'admissionDeclined', message: 'closing time' });
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 0);
    expect((await host.client.refusalOf('admit', { participantId: idOf(welcome) })).code).to.equal(
      'participantNotFound',
    );
    expect((await welcome.client.refusalOf('admit', { participantId: idOf(welcome) })).code).to.equal('notAllowed');
  });

  it('lets a host mute and remove people on other nodes, and nobody else', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const guest = await join(1, 'guest');
    const other = await join(2, 'other');
    const { producerId } = await guest.client.request('produce', microphone);
    await Promise.all([host, other].map(({ client }) => client.notification('trackPublished')));
    expect((await other.client.refusalOf('setProducerPaused', { producerId, paused: true })).code).to.equal(
      'notAllowed',
    );
    await host.client.request('setProducerPaused', { producerId, paused: true });
    await guest.client.notification('trackMuted', ({ paused }) => paused);
    await other.client.notification('trackMuted', ({ paused }) => paused);
    expect((await host.client.refusalOf('setProducerPaused', { producerId, paused: false })).code).to.equal(
      'notAllowed',
    );
    expect((await other.client.refusalOf('removeParticipant', { participantId: idOf(guest) })).code).to.equal(
      'notAllowed',
    );
    await host.client.request('removeParticipant', { participantId: idOf(guest) });
    expect((await guest.client.refusal()).code).to.equal('participantRemoved');
    for (const { client } of [host, other]) {
      expect((await client.notification('participantLeft')).reason).to.equal('removed');
    }
  });

  it('has a person in it once: who comes on another node takes the place', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const first = await join(1, 'guest');
    await hears(host, 'guest');
    await join(2, 'onlooker');
    await waitFor('node 2 to know the guest', () => roomAt(2)?.summary.participantCount === 3);
    await join(2, 'guest');
    expect((await first.client.refusal()).code).to.equal('sessionReplaced');
    await host.client.notification('participantLeft', ({ reason }) => reason === 'replaced');
    await waitFor('one guest to be left', () => roomAt(0)?.summary.participantCount === 3);
  });

  it('lets one of two in who come as the same person on two nodes at once', async () => {
    const host = await join(0, 'host', { role: 'host' });
    await Promise.all([join(1, 'a'), join(2, 'b')]);
    // Who goes may have to before the welcome.
    const twins = await Promise.all(
      [1, 2].map(async (index) => {
        const client = await SignalingClient.open(node(index).url, await node(index).token({ identity: 'guest' }));
        clients.push(client);
        return client;
      }),
    );
    const closed = await waitFor('one of them to be sent away', () => {
      const away = twins.flatMap((client) => client.received('closed'));
      return away.length === 1 ? away : undefined;
    });
    expect(closed[0]?.error.code).to.equal('sessionReplaced');
    for (const index of [0, 1, 2]) {
      await waitFor('one guest on every node', () => {
        const guests = roomAt(index)?.detail.participants.filter(({ identity }) => identity === 'guest');
        return guests?.length === 1;
      });
    }
    expect(host.client.closed).to.equal(false);
  });

  it('has as many seats on all nodes together as it has', async () => {
    await create({ name: 'tea', maxParticipants: 3 });
    await join(0, 'host', { role: 'host' });
    await Promise.all([join(1, 'a'), join(2, 'b')]);
    await waitFor('all nodes to know all', () =>
      [0, 1, 2].every((index) => roomAt(index)?.summary.participantCount === 3),
    );
    const late = await SignalingClient.open(node(2).url, await node(2).token({ identity: 'late' }));
    clients.push(late);
    expect((await late.refusal()).code).to.equal('roomFull');
  });

  it('has no more people than seats after several came at once on all nodes', async () => {
    await create({ name: 'tea', maxParticipants: 3 });
    await Promise.all([join(0, 'host', { role: 'host' }), join(1, 'a')]);
    const crowd = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const at = node(index % 3);
        const client = await SignalingClient.open(at.url, await at.token({ identity: `guest ${index}` }));
        clients.push(client);
        return client;
      }),
    );
    await waitFor(
      'all but one to be refused',
      () => crowd.filter((client) => client.received('closed').length > 0).length === 5,
    );
    await waitFor('all nodes to agree', () =>
      [0, 1, 2].every((index) => (roomAt(index)?.summary.participantCount ?? 3) === 3),
    );
    expect(crowd.flatMap((client) => client.received('closed').map(({ error }) => error.code))).to.deep.equal(
      Array.from({ length: 5 }, () => 'roomFull'),
    );
  });

  it('is one to REST, on whatever node one asks, and closes everywhere', async () => {
    const people = [await join(0, 'host', { role: 'host' }), await join(1, 'a'), await join(2, 'b')];
    await waitFor('all nodes to know all', () =>
      [0, 1, 2].every((index) => roomAt(index)?.summary.participantCount === 3),
    );
    for (const at of cluster.nodes) {
      const { rooms } = (await callRest(at, 'GET', '/rooms')).body as RoomList;
      expect(rooms.map(({ name, participantCount }) => [name, participantCount])).to.deep.equal([['tea', 3]]);
      expect((await callRest(at, 'GET', '/rooms/tea')).body).to.have.nested.property('participants[2].identity');
    }
    expect(await callRest(node(2), 'DELETE', '/rooms/tea')).to.have.property('status', 204);
    for (const { client } of people) expect((await client.refusal()).code).to.equal('roomClosed');
    expect(await callRest(node(1), 'GET', '/rooms/tea')).to.have.property('status', 404);
    await create({ name: 'tea', maxParticipants: 7 });
  });

  it('goes on where the others are when a node is drained, and waits for the people of that one', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const guest = await join(1, 'guest');
    await hears(host, 'guest');
    const { producerId } = await guest.client.request('produce', microphone);
    await host.client.notification('newConsumer');
    roomAt(1)?.close('serverDraining');
    expect((await guest.client.refusal()).code).to.equal('serverDraining');
    const { participant } = await host.client.notification('participantUpdated');
    expect(participant).to.deep.include({ connection: 'reconnecting', tracks: [] });
    await host.client.notification('trackUnpublished', (data) => data.producerId === producerId);
    await host.client.notification('consumerClosed');
    const back = await join(2, 'guest');
    await host.client.notification('participantLeft', ({ reason }) => reason === 'replaced');
    await host.client.notification('participantJoined', (data) => data.participant.participantId === idOf(back));
  });

  it('goes on without Redis, and agrees again when it is back, though empty', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const guest = await join(1, 'guest');
    await hears(host, 'guest');
    const { producerId } = await host.client.request('produce', microphone);
    await guest.client.notification('newConsumer');
    await cluster.redis.kill();
    await waitFor('Redis to be missed', () => cluster.nodes.every(({ server }) => !server.cluster.settled));
    const late = await join(0, 'late');
    expect(names(late.snapshot)).to.deep.equal(['guest', 'host']);
    await guest.client.request('setMetadata', { metadata: 'changed meanwhile' });
    expect(guest.client.received('consumerClosed'), 'what flows goes on').to.deep.equal([]);
    await cluster.redis.start();
    await hears(guest, 'late');
    await host.client.notification(
      'participantUpdated',
      ({ participant }) => participant.metadata === 'changed meanwhile',
    );
    expect(host.client.received('participantLeft'), 'nobody was taken for gone').to.deep.equal([]);
    expect(guest.client.received('trackUnpublished').filter((data) => data.producerId === producerId)).to.deep.equal(
      [],
    );
    await waitFor('the cluster to be sure again', () => cluster.nodes.every(({ server }) => server.cluster.settled));
  });
});
