import { expect } from 'chai';
import type { RoomList } from '../../protocol/rest.ts';
import { callRest } from '../helpers/restClient.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the rooms of a cluster', function () {
  this.timeout(60_000);
  let cluster: TestCluster;
  const clients: SignalingClient[] = [];
  const node = (index: number): TestServer => cluster.nodes[index]!;
  const join = async (
    at: TestServer,
    identity: string,
    { room = 'tea', ...options }: Parameters<TestServer['token']>[0] = {},
  ) => {
    const joined = await SignalingClient.join(at.url, await at.token({ identity, room, ...options }));
    clients.push(joined.client);
    return joined;
  };
  const names = (snapshot: { participants: { identity: string }[] }) =>
    snapshot.participants.map(({ identity }) => identity).sort();

  beforeEach(async () => (cluster = await TestCluster.start(3, { cluster: { placement: 'sticky' } })));
  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    await cluster.close();
  });

  it('are kept together on one node, and who asks another one is sent there', async () => {
    const host = await join(node(0), 'host', { role: 'host' });
    const guest = await join(node(1), 'guest');
    const expert = await join(node(2), 'expert', { role: 'expert' });
    expect([host.url, guest.url, expert.url]).to.deep.equal([node(0).url, node(0).url, node(0).url]);
    expect(names(expert.snapshot)).to.deep.equal(['guest', 'host']);
    await host.client.notification('participantJoined', ({ participant }) => participant.identity === 'expert');
    const { urls } = await expert.client.notification('otherNodes');
    expect(urls).to.have.members([node(1).url, node(2).url]);
  });

  it('are made once, by whomever and however many ask at the same moment', async () => {
    const joins = Array.from({ length: 12 }, (_, index) => join(node(index % 3), `guest ${index}`));
    const made = await Promise.all([
      ...joins,
      ...cluster.nodes.map((at) => callRest(at, 'POST', '/rooms', { name: 'tea' })),
    ]);
    expect(cluster.holdersOf(API_KEY, 'tea')).to.have.length(1);
    expect(new Set(made.slice(0, 12).map((answer) => ('url' in answer ? answer.url : ''))).size).to.equal(1);
    expect(cluster.holdersOf(API_KEY, 'tea')[0]?.server.registry.getRoom(API_KEY, 'tea').participantCount).to.equal(12);
    expect(made.filter((answer) => 'status' in answer && answer.status === 201).length).to.be.at.most(1);
  });

  it('go where there is space, and stay there', async () => {
    const spread = await TestCluster.start(2, { cluster: { placement: 'leastLoaded' } });
    try {
      const [asked, empty] = spread.nodes as [TestServer, TestServer];
      // As if it carried half of what it can.
      Object.defineProperty(asked.server.pool.workers[0], 'load', { get: () => 200 });
      await waitFor('the load to be known', () =>
        spread.nodes.every(({ server }) => server.cluster.nodes[0]?.load === 200),
      );
      const first = await join(asked, 'first');
      const second = await join(asked, 'second');
      expect([first.url, second.url]).to.deep.equal([empty.url, empty.url]);
    } finally {
      await spread.close();
    }
  });

  it('are shown, made and closed over REST by each node, wherever they are', async () => {
    const made = await callRest(node(0), 'POST', '/rooms', { name: 'tea', lobby: true, metadata: 'oolong' });
    expect(made.status).to.equal(201);
    await join(node(1), 'host', { role: 'host' });
    await join(node(2), 'other', { room: 'cake' });
    for (const at of cluster.nodes) {
      const list = (await callRest(at, 'GET', '/rooms')).body as RoomList;
      expect(list.rooms.map(({ name }) => name).sort()).to.deep.equal(['cake', 'tea']);
      const { body } = await callRest(at, 'GET', '/rooms/tea');
      expect(body).to.deep.include({ lobby: true, metadata: 'oolong', participantCount: 1 });
      expect(body).to.have.nested.property('participants[0].identity', 'host');
      expect(await callRest(at, 'POST', '/rooms', { name: 'tea' })).to.have.property('status', 409);
      expect(await callRest(at, 'GET', '/rooms/none')).to.have.property('status', 404);
    }
    expect(await callRest(node(2), 'DELETE', '/rooms/tea')).to.have.property('status', 204);
    expect((await clients[0]!.refusal()).code).to.equal('roomClosed');
    expect(await callRest(node(1), 'DELETE', '/rooms/tea')).to.have.property('status', 404);
    expect(await callRest(node(1), 'POST', '/rooms', { name: 'tea' })).to.have.property('status', 201);
  });

  it('of one shop are not to be seen by another, on whatever node', async () => {
    const other = { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET };
    const credentials = `${OTHER_KEY}:${OTHER_SECRET}`;
    await join(node(0), 'host', { role: 'host' });
    const stranger = await join(node(1), 'stranger', other);
    expect(stranger.url, 'a room of its own').to.equal(node(1).url);
    expect(names(stranger.snapshot)).to.deep.equal([]);
    for (const at of cluster.nodes) {
      const { body } = await callRest(at, 'GET', '/rooms/tea', undefined, credentials);
      expect(body).to.have.nested.property('participants[0].identity', 'stranger');
      expect(body).to.not.have.nested.property('participants[1]');
      expect(((await callRest(at, 'GET', '/rooms', undefined, credentials)).body as RoomList).rooms).to.have.length(1);
      const metrics = await (await fetch(`${at.url}/metrics`)).text();
      expect(metrics).to.not.include(API_KEY).and.not.include('"tea"').and.not.include('stranger');
    }
    await callRest(node(2), 'DELETE', '/rooms/tea', undefined, credentials);
    expect((await callRest(node(2), 'GET', '/rooms/tea')).status, 'the own one stays').to.equal(200);
  });

  it('are found again by who lost the socket and asks another node', async () => {
    const { client, snapshot } = await join(node(0), 'guest');
    client.cut();
    const resume = { sessionId: snapshot.sessionId, secret: snapshot.resumeSecret };
    const token = await node(1).token({ identity: 'guest' });
    const back = await SignalingClient.join(node(1).url, token, { hello: { resume } });
    clients.push(back.client);
    expect(back.url).to.equal(node(0).url);
    expect(back.snapshot).to.include({ resumed: true, sessionId: snapshot.sessionId });
  });

  it('are free for another node as soon as they are closed', async () => {
    const { client, url } = await join(node(0), 'guest');
    expect(url).to.equal(node(0).url);
    await cluster.closeRooms();
    await client.refusal();
    await waitFor('the room to be free', async () => (await join(node(1), 'guest')).url === node(1).url);
  });

  it('move to another node when theirs is drained', async () => {
    const { client } = await join(node(0), 'guest');
    await node(1).server.cluster.request('node-1', 'drain', {});
    expect((await client.refusal()).code).to.equal('serverDraining');
    const back = await join(node(0), 'guest');
    expect(back.url).to.not.equal(node(0).url);
    expect(cluster.holdersOf(API_KEY, 'tea')).to.have.length(1);
    const made = await callRest(node(0), 'POST', '/rooms', { name: 'cake' });
    expect(made.status, 'REST goes on').to.equal(201);
    expect(node(0).server.registry.size).to.equal(0);
  });

  it('on this node go on without Redis; a new one waits for it, and says so', async () => {
    const { client } = await join(node(0), 'host', { role: 'host' });
    await join(node(1), 'other', { room: 'cake' });
    await cluster.redis.kill();
    await waitFor('Redis to be missed', async () => {
      const late = await SignalingClient.open(node(0).url, await node(0).token({ identity: 'late', room: 'new' }));
      clients.push(late);
      return (await late.refusal()).code === 'clusterUnavailable';
    });
    const guest = await join(node(0), 'guest');
    expect(names(guest.snapshot)).to.deep.equal(['host']);
    await client.notification('participantJoined', ({ participant }) => participant.identity === 'guest');
    expect((await callRest(node(0), 'GET', '/rooms/tea')).status).to.equal(200);
    expect((await callRest(node(0), 'GET', '/rooms/cake')).status).to.equal(503);

    await cluster.redis.start();
    await waitFor('all rooms to be found again', async () => {
      const found = await Promise.all(['tea', 'cake'].map((name) => callRest(node(2), 'GET', `/rooms/${name}`)));
      return found.every(({ status }) => status === 200);
    });
    expect((await join(node(2), 'again')).url).to.equal(node(0).url);
    expect(clients[0]?.closed, 'nobody was sent away').to.equal(false);
  });

  it('are one after two nodes opened the same without knowing of each other', async () => {
    const first = await join(node(0), 'first');
    // What a partition comes to: node 1 is told that the room is free.
    await cluster.redis.command('DEL', `chaxi:holders:${API_KEY}:tea`);
    const second = await join(node(1), 'second');
    expect(second.url).to.equal(node(1).url);
    expect(cluster.holdersOf(API_KEY, 'tea')).to.have.length(2);
    for (const { server } of cluster.nodes) server.cluster.rooms.claimAgain();
    await first.client.notification('participantJoined', ({ participant }) => participant.identity === 'second');
    await second.client.notification('participantJoined', ({ participant }) => participant.identity === 'first');
    expect(names((await join(node(2), 'third')).snapshot)).to.deep.equal(['first', 'second']);
  });

  it('leave nothing behind in Redis', async () => {
    await join(node(0), 'guest');
    await callRest(node(1), 'POST', '/rooms', { name: 'cake' });
    const kept = async (pattern: string) => (await cluster.redis.command('KEYS', pattern)) as string[];
    for (const pattern of ['chaxi:holders:*', 'chaxi:settings:*']) {
      await waitFor('both to be written', async () => (await kept(pattern)).length === 2);
    }
    await cluster.closeRooms();
    for (const pattern of ['chaxi:holders:*', 'chaxi:settings:*']) {
      await waitFor('both to be gone', async () => (await kept(pattern)).length === 0);
    }
  });
});
