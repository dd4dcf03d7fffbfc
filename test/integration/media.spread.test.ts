import { expect } from 'chai';
import type { types } from 'mediasoup';
import { audioParameters, videoParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const camera = { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) } as const;
const microphone = { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(5) } as const;

describe('a room that grows over several workers', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const room = () => node.server.registry.find(API_KEY, 'tea');
  const sessionOf = ({ participantId }: Visitor) => room()?.participants.find(({ id }) => id === participantId);
  const workerOf = (visitor: Visitor) => sessionOf(visitor)?.media?.router.worker;
  const consumersOf = (visitor: Visitor): types.Consumer[] =>
    [...(sessionOf(visitor)?.subscriptions.values() ?? [])].map(({ consumer }) => consumer);
  const kill = (visitor: Visitor) => process.kill(workerOf(visitor)?.pid ?? 0, 'SIGKILL');

  before(async () => {
    node = await startTestServer({
      media: { workers: 3, basePort: 0, listenIps: ['127.0.0.1'], consumersPerRouter: 2 },
    });
  });
  afterEach(async () => {
    visitors.clear();
    await waitFor('all workers to run', () => node.server.pool.workers.length === 3);
  });
  after(() => node.close());

  /** Two tracks fill the host's router, so each guest gets one of its own. */
  const gather = async () => {
    const host = await visitors.join('host', { role: 'host' });
    const { producerId: video } = await host.client.request('produce', camera);
    const { producerId: audio } = await host.client.request('produce', microphone);
    const near = await visitors.join('near');
    const far = await visitors.join('far');
    return { host, near, far, video, audio };
  };

  it('stays on one worker while that has space', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', camera);
    const guest = await visitors.join('guest');
    expect(workerOf(guest)).to.equal(workerOf(host));
    expect(room()?.routerCount).to.equal(1);
  });

  it('opens a router on another worker when the first is full, and uses each worker once', async () => {
    const { host, near, far } = await gather();
    expect(new Set([host, near, far].map(workerOf))).to.have.property('size', 3);
    await visitors.join('fourth');
    expect(room()?.routerCount).to.equal(3);
  });

  it('carries each track to everyone, over however many workers', async () => {
    const { near, far, video, audio } = await gather();
    for (const visitor of [near, far]) {
      const consumers = visitor.snapshot.media?.consumers ?? [];
      expect(consumers.map(({ producerId }) => producerId)).to.have.members([video, audio]);
      expect(consumers.map(({ paused }) => paused)).to.deep.equal([false, false]);
    }
    const { producerId } = await near.client.request('produce', { ...camera, rtpParameters: videoParameters(20) });
    const { consumer } = await far.client.notification(
      'newConsumer',
      (data) => data.consumer.producerId === producerId,
    );
    await far.client.request('setConsumerPreferences', { consumerId: consumer.consumerId, paused: false });
    await far.client.request('requestKeyFrame', { consumerId: consumer.consumerId });
  });

  it('carries a track to a worker once, whoever comes there together', async () => {
    const { host } = await gather();
    await Promise.all([1, 2, 3, 4].map((index) => visitors.join(`guest ${index}`)));
    const loads = node.server.pool.workers.map(({ load }) => load).sort((a, b) => a - b);
    // 6 guests with 2 consumers each; 2 tracks; to each of 2 workers 2 pipes, of which both ends count.
    expect(loads.reduce((sum, load) => sum + load)).to.equal(12 + 2 + 2 * 2 * 2);
    await host.client.request('leave', {});
    await waitFor('everything of the host to be gone', () => node.server.pool.workers.every(({ load }) => load === 0));
  });

  it('closes a pipe when the last one there leaves, and opens it again for who comes next', async () => {
    const { host, near, far } = await gather();
    const pipedFrom = () => workerOf(host)?.pipeConsumers.worker;
    expect(pipedFrom(), 'two tracks to each of two workers').to.equal(4);
    await far.client.request('leave', {});
    await waitFor('the pipes to one worker to close', () => pipedFrom() === 2);
    await near.client.request('leave', {});
    await waitFor('the other pipes to close', () => pipedFrom() === 0);
    const again = await visitors.join('again');
    expect(workerOf(again)).to.not.equal(workerOf(host));
    expect(again.snapshot.media?.consumers).to.have.length(2);
    expect(pipedFrom()).to.equal(2);
    const consumer = consumersOf(again).find(({ kind }) => kind === 'video');
    await again.client.request('requestKeyFrame', { consumerId: consumer?.id ?? '' });
    room()?.close();
    expect(
      node.server.pool.workers.map(({ pipes, pipeConsumers }) => [pipes.worker, pipeConsumers.worker]),
    ).to.deep.equal([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it('carries muting and the end of a track too', async () => {
    const { host, far, video } = await gather();
    const consumer = consumersOf(far).find(({ producerId }) => producerId === video);
    await host.client.request('setProducerPaused', { producerId: video, paused: true });
    await waitFor('the far consumer to pause', () => consumer?.producerPaused);
    await host.client.request('setProducerPaused', { producerId: video, paused: false });
    await waitFor('the far consumer to go on', () => consumer?.producerPaused === false);
    await host.client.request('closeProducer', { producerId: video });
    await far.client.notification('consumerClosed', ({ consumerId }) => consumerId === consumer?.id);
  });

  it('starts muted for those who come while a track is muted', async () => {
    const { host, video } = await gather();
    await host.client.request('setProducerPaused', { producerId: video, paused: true });
    const late = await visitors.join('late');
    const consumer = consumersOf(late).find(({ producerId }) => producerId === video);
    await waitFor('the consumer to be paused', () => consumer?.producerPaused);
  });

  it("keeps the others' media when the worker of one guest is killed, and brings that one back", async () => {
    const { host, near, far, video, audio } = await gather();
    const before = consumersOf(far);
    kill(near);
    const reset = await near.client.notification('mediaReset');
    expect(reset.media?.recv?.id).to.not.equal(near.snapshot.media?.recv?.id);
    expect(reset.media?.consumers.map(({ producerId }) => producerId)).to.have.members([video, audio]);
    expect(reset.media?.consumers.map(({ paused }) => paused)).to.deep.equal([false, false]);
    for (const { client } of [host, far]) {
      await client.request('join', {});
      expect(client.received('mediaReset')).to.be.empty;
      expect(client.received('consumerClosed')).to.be.empty;
    }
    expect(consumersOf(far)).to.deep.equal(before);
    expect(before.map(({ closed }) => closed)).to.deep.equal([false, false]);
  });

  it('keeps the transports of the guests when the worker of the host is killed, who publishes again', async () => {
    const { host, near, far, video } = await gather();
    kill(host);
    const reset = await host.client.notification('mediaReset');
    expect(reset.self.tracks).to.be.empty;
    for (const { client, participantId } of [near, far]) {
      await client.notification('trackUnpublished', ({ producerId }) => producerId === video);
      await waitFor('both consumers to close', () => client.received('consumerClosed').length === 2);
      expect((await client.request('join', {})).media?.consumers).to.be.empty;
      expect(client.received('mediaReset')).to.be.empty;
      expect(participantId).to.be.a('string');
    }
    const { producerId } = await host.client.request('produce', camera);
    for (const { client } of [near, far]) {
      await client.notification('newConsumer', ({ consumer }) => consumer.producerId === producerId);
    }
  });

  it('brings everyone back when all workers are killed at once', async () => {
    const { host, near, far } = await gather();
    const dead = node.server.pool.workers.map(({ pid }) => pid);
    for (const pid of dead) process.kill(pid, 'SIGKILL');
    await Promise.all([host, near, far].map(({ client }) => client.notification('mediaReset')));
    const { producerId } = await host.client.request('produce', camera);
    for (const { client } of [near, far]) {
      await client.notification('newConsumer', ({ consumer }) => consumer.producerId === producerId);
    }
    await waitFor('as many new workers', () => node.server.pool.workers.length === dead.length);
    expect(node.server.pool.workers.map(({ pid }) => pid)).to.not.include.members(dead);
  });

  it('lets in who comes while no worker runs', async () => {
    for (const { pid } of node.server.pool.workers) process.kill(pid, 'SIGKILL');
    await waitFor('the workers to be gone', () => node.server.pool.workers.length === 0, { intervalMs: 1 });
    const guest = await visitors.join('guest');
    expect(guest.snapshot.media?.recv).to.not.equal(null);
  });

  it('lets in those who come while their worker dies', async () => {
    // A room that goes on joining while workers are killed one after another.
    const joins: Promise<Visitor>[] = [];
    for (let round = 0; round < 4; round += 1) {
      joins.push(...[1, 2, 3].map((index) => visitors.join(`guest ${round} ${index}`)));
      const victim = await waitFor('a worker with load or without', () => node.server.pool.workers[0]);
      process.kill(victim.pid, 'SIGKILL');
      await Promise.allSettled(joins);
    }
    const people = await Promise.all(joins);
    for (const visitor of people) {
      const { media, stage } = await visitor.client.request('join', {});
      expect(stage).to.equal('joined');
      await waitFor('media on a living worker', () => workerOf(visitor)?.closed === false);
      expect(media).to.not.equal(undefined);
    }
  });
});
