import { expect } from 'chai';
import type { StillInfo } from '../../protocol/stills.ts';
import { jpegPicture } from '../helpers/pictures.ts';
import { callRest } from '../helpers/restClient.ts';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { sendPicture, showCup, takeStill } from '../helpers/stills.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, type TestServer } from '../helpers/testServer.ts';
import type { Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

/** Shown by none, of the form that addresses have. */
const NO_KEY = 'A'.repeat(43);

describe('stills of a room that spans nodes', function () {
  this.timeout(60_000);
  let cluster: TestCluster;
  const folder = temporaryFolder();
  const clients: SignalingClient[] = [];
  const processes: ServerProcess[] = [];
  let rooms = 0;
  let room = '';
  const node = (index: number): TestServer => cluster.nodes[index]!;
  const joinAt = async (url: string, identity: string, token: string): Promise<Visitor> => {
    const joined = await SignalingClient.join(url, token);
    clients.push(joined.client);
    expect(joined.url, `${identity} stays where it asks`).to.equal(url);
    return { ...joined, participantId: joined.snapshot.self.participantId };
  };
  const join = async (index: number, identity: string, options: Parameters<TestServer['token']>[0] = {}) =>
    joinAt(node(index).url, identity, await node(index).token({ identity, room, ...options }));
  const listOf = async ({ client }: Visitor, page: { before?: string; limit?: number } = {}) =>
    (await client.request('listStills', page)).stills;
  const restList = async (index: number, query = '') => {
    const { body } = await callRest(node(index), 'GET', `/rooms/${encodeURIComponent(room)}/stills${query}`);
    return (body as { stills: StillInfo[] }).stills;
  };
  const restRemove = (index: number, stillId: string, credentials?: string) =>
    callRest(node(index), 'DELETE', `/rooms/${encodeURIComponent(room)}/stills/${stillId}`, undefined, credentials);
  const requestOf = ({ client }: Visitor, stillId: string) =>
    client.notification('stillRequested', (request) => request.stillId === stillId);
  const failed = ({ client }: Visitor) => client.received('stillFailed');
  const look = (index: number, path: string, init: RequestInit = {}) => fetch(node(index).url + path, init);
  const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

  before(
    async () =>
      (cluster = await TestCluster.start(3, { cluster: { placement: 'region' } }, (index) => ({
        region: `region-${index}`,
      }))),
  );
  // Stills stay with their room, so each test has a room of its own.
  beforeEach(() => (room = `room ${(rooms += 1)}`));
  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    for (const started of processes.splice(0)) started.kill('SIGKILL');
    await cluster.closeRooms();
  });
  after(() => cluster.close());

  it('are taken by a camera of another node, kept there, and told to everyone on every node', async () => {
    const host = await join(0, 'host', { role: 'host', name: '李师傅' });
    const cup = await showCup(host);
    const guest = await join(1, 'guest', { name: '客人' });
    const observer = await join(2, 'observer', { role: 'observer' });
    const picture = jpegPicture({ width: 4_000, height: 3_000 });
    const { stillId, timeoutMs } = await guest.client.request('requestStill', cup);
    const { upload, requestedBy } = await requestOf(host, stillId);
    expect(requestedBy).to.deep.equal({ participantId: guest.participantId, name: '客人' });
    expect(timeoutMs).to.be.within(1, upload.timeoutMs);
    expect(upload.serverUrl, 'it is sent to the node that waits for it').to.equal(node(0).url);
    const elsewhere = { ...upload, serverUrl: node(1).url };
    expect((await sendPicture(node(1), elsewhere, picture)).status, 'no other node takes it').to.equal(404);
    expect((await sendPicture(node(0), upload, picture)).status).to.equal(201);
    const { still } = await guest.client.notification('stillAdded');
    expect(still).to.deep.include({
      stillId,
      serverUrl: node(0).url,
      sizeBytes: picture.length,
      takenFrom: { identity: 'host', name: '李师傅' },
      requestedBy: { identity: 'guest', name: '客人' },
    });
    for (const { client } of [host, observer]) {
      expect((await client.notification('stillAdded')).still).to.deep.equal(still);
    }
    for (const person of [host, guest, observer]) expect(await listOf(person)).to.deep.equal([still]);
    for (const index of [0, 1, 2]) expect(await restList(index)).to.deep.equal([still]);
  });

  it('are the same for all who ask before the picture comes, on whatever nodes', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const cup = await showCup(host);
    const others = [await join(1, 'one'), await join(2, 'two')];
    const asked = await Promise.all([host, ...others].map(({ client }) => client.request('requestStill', cup)));
    expect(new Set(asked.map(({ stillId }) => stillId)).size).to.equal(1);
    const { upload } = await host.client.notification('stillRequested');
    await sendPicture(node(0), upload);
    for (const { client } of [host, ...others]) await client.notification('stillAdded');
    expect(host.client.received('stillRequested')).to.have.length(1);
  });

  it('are refused as on one node: by the grants and the pace of who asks, and by what the camera’s node says', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const guest = await join(1, 'guest');
    const observer = await join(2, 'observer', { role: 'observer' });
    const cup = { participantId: host.participantId, source: 'teaCloseUp' };
    const refusal = async ({ client }: Visitor, data: object = cup) =>
      (await client.refusalOf('requestStill', data)).code;
    expect(await refusal(guest)).to.equal('producerNotFound');
    const { producerId } = await showCup(host);
    expect(await refusal(observer)).to.equal('notAllowed');
    expect(await refusal(guest, { ...cup, participantId: observer.participantId })).to.equal('participantNotFound');
    await host.client.request('setProducerPaused', { producerId, paused: true });
    expect(await refusal(guest)).to.equal('cameraUnavailable');
    // Six at once, whatever came of them.
    while ((await refusal(guest)) === 'cameraUnavailable');
    expect(await refusal(guest)).to.equal('rateLimited');
    expect(await refusal(host), 'another’s pace').to.equal('cameraUnavailable');
  });

  it('fail for who asked, on the own node too, when the camera declines, and for nobody else', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const cup = await showCup(host);
    const [guest, second, onlooker] = [await join(1, 'guest'), await join(2, 'second'), await join(1, 'onlooker')];
    const { stillId } = await guest.client.request('requestStill', cup);
    await Promise.all([host, second].map(({ client }) => client.request('requestStill', cup)));
    await requestOf(host, stillId);
    await host.client.request('declineStill', { stillId, code: 'cameraUnavailable' });
    for (const { client } of [host, guest, second]) {
      expect(await client.notification('stillFailed')).to.deep.equal({ stillId, code: 'cameraUnavailable' });
    }
    expect(failed(onlooker)).to.deep.equal([]);
  });

  it('fail when the publisher leaves', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const cup = await showCup(host);
    const guest = await join(1, 'guest');
    const { stillId } = await guest.client.request('requestStill', cup);
    await host.client.request('leave', {});
    expect(await guest.client.notification('stillFailed')).to.deep.equal({ stillId, code: 'participantNotFound' });
  });

  it('are kept though who asked for them on another node has left', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const cup = await showCup(host);
    const guest = await join(1, 'guest');
    const { stillId } = await guest.client.request('requestStill', cup);
    const { upload } = await requestOf(host, stillId);
    await guest.client.request('leave', {});
    expect((await sendPicture(node(0), upload)).status).to.equal(201);
    await host.client.notification('stillAdded');
    expect((await restList(2))[0]?.requestedBy).to.deep.equal({ identity: 'guest', name: 'guest' });
  });

  it('come in pages from all nodes, the newest first', async () => {
    const people = [await join(0, 'host', { role: 'host' }), await join(1, 'a'), await join(2, 'b')] as const;
    for (const person of people) await showCup(person);
    const taken: StillInfo[] = [];
    for (const index of [0, 1, 2, 1, 0, 2, 2]) {
      taken.unshift(await takeStill(node(index), people[(index + 1) % 3]!, people[index]!));
    }
    const page = (from: number, limit: number) =>
      listOf(people[1], { limit, ...(from > 0 ? { before: taken[from - 1]!.stillId } : {}) });
    for (const limit of [1, 2, 3, 7, 100]) {
      for (let from = 0; from <= taken.length; from += limit) {
        expect(await page(from, limit), `${limit} from ${from}`).to.deep.equal(taken.slice(from, from + limit));
      }
    }
    for (const index of [0, 1, 2]) {
      const query = `?limit=3&before=${taken[1]!.stillId}`;
      expect(await restList(index, query)).to.deep.equal(taken.slice(2, 5));
    }
  });

  it('are removed by a moderator or the shop on any node, and everyone on every node hears of it', async () => {
    const host = await join(0, 'host', { role: 'host' });
    await showCup(host);
    const guest = await join(1, 'guest');
    const moderator = await join(2, 'moderator', { role: 'host' });
    const one = await takeStill(node(0), guest, host);
    const two = await takeStill(node(0), guest, host);
    expect((await guest.client.refusalOf('removeStill', { stillId: one.stillId })).code).to.equal('notAllowed');
    await moderator.client.request('removeStill', { stillId: one.stillId });
    expect((await restRemove(1, two.stillId)).status).to.equal(204);
    for (const { stillId, path } of [one, two]) {
      for (const { client } of [host, guest, moderator]) {
        await client.notification('stillRemoved', (data) => data.stillId === stillId);
      }
      expect((await look(0, path)).status).to.equal(404);
      expect((await moderator.client.refusalOf('removeStill', { stillId })).code).to.equal('stillNotFound');
    }
    expect((await restRemove(1, two.stillId)).status).to.equal(404);
    expect(await listOf(moderator)).to.deep.equal([]);
  });

  it('are shown at any node, which sends there where they are, with previews, ranges and heads', async () => {
    const host = await join(0, 'host', { role: 'host' });
    await showCup(host);
    const [picture, preview] = [jpegPicture({ width: 2_000, height: 1_500 }), jpegPicture({ width: 480, height: 360 })];
    const { path, previewPath } = await takeStill(node(0), await join(1, 'guest'), host, picture, preview);
    for (const index of [1, 2]) {
      for (const [address, bytes] of [
        [path, picture],
        [previewPath!, preview],
      ] as const) {
        const shown = await look(index, address);
        expect([shown.status, shown.url]).to.deep.equal([200, node(0).url + address]);
        expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).to.equal(true);
      }
      const part = await look(index, path, { headers: { range: 'bytes=0-9' } });
      expect([part.status, (await part.arrayBuffer()).byteLength]).to.deep.equal([206, 10]);
      const head = await look(index, path, { method: 'HEAD', redirect: 'manual' });
      expect([head.status, head.headers.get('location')]).to.deep.equal([307, node(0).url + path]);
      expect(head.headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
      expect(head.headers.get('cache-control')).to.equal('private, max-age=60');
    }
    for (const unknown of [`/stills/${NO_KEY}`, '/stills/short']) {
      const missed = await look(1, unknown);
      expect([missed.status, await codeOf(missed)]).to.deep.equal([404, 'stillNotFound']);
      expect(missed.headers.get('cache-control')).to.equal('no-store');
    }
  });

  it('are never those of another shop, on whatever node that one has a room of the same name', async () => {
    const host = await join(0, 'host', { role: 'host' });
    await showCup(host);
    const stranger = await join(1, 'host', { role: 'host', apiKey: OTHER_KEY, apiSecret: OTHER_SECRET });
    const guest = await join(1, 'guest');
    const still = await takeStill(node(0), guest, host);
    expect(await listOf(stranger)).to.deep.equal([]);
    const { stillId } = still;
    expect((await stranger.client.refusalOf('removeStill', { stillId })).code).to.equal('stillNotFound');
    const cup = { participantId: host.participantId, source: 'teaCloseUp' };
    expect((await stranger.client.refusalOf('requestStill', cup)).code).to.equal('participantNotFound');
    expect((await restRemove(2, stillId, `${OTHER_KEY}:${OTHER_SECRET}`)).status).to.equal(404);
    await guest.client.request('listStills', {});
    expect(stranger.client.received('stillAdded')).to.deep.equal([]);
    expect(await listOf(host)).to.deep.equal([still]);
    await host.client.request('removeStill', { stillId });
    await guest.client.notification('stillRemoved');
    expect(stranger.client.received('stillRemoved')).to.deep.equal([]);
  });

  it('stay where they were taken when the room closes there, and are listed where it goes on', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const cup = await showCup(host);
    const guest = await join(1, 'guest');
    const still = await takeStill(node(0), guest, host);
    const { stillId } = await guest.client.request('requestStill', cup);
    node(0).server.registry.find(API_KEY, room)?.close('serverDraining');
    expect(await guest.client.notification('stillFailed')).to.deep.equal({ stillId, code: 'serverDraining' });
    expect(await listOf(guest)).to.deep.equal([still]);
    expect((await look(1, still.path)).status).to.equal(200);
  });

  it('fail when the camera’s node hangs and is given up, and everything but its stills goes on', async () => {
    const { secret } = node(0).config.cluster;
    const lost = new ServerProcess({
      CHAXI_DATA_DIR: folder.path,
      CHAXI_REDIS_URL: cluster.redis.url,
      CHAXI_CLUSTER_SECRET: secret ?? '',
      CHAXI_CLUSTER_NODE_ID: 'lost',
      CHAXI_CLUSTER_REGION: 'region-lost',
      CHAXI_CLUSTER_PLACEMENT: 'region',
    });
    processes.push(lost);
    const url = await lost.url();
    for (const { server } of cluster.nodes) await server.cluster.findNode('lost');
    const host = await join(0, 'host', { role: 'host' });
    await showCup(host);
    const guest = await joinAt(url, 'guest', await lost.token({ identity: 'guest', room }));
    const cup = await showCup(guest);
    const kept = await takeStill(node(0), guest, host);
    const gone = await takeStill({ url }, host, guest);
    expect(await listOf(host)).to.deep.equal([gone, kept]);
    const { stillId } = await host.client.request('requestStill', cup);
    lost.kill('SIGSTOP');
    const [list, refusal, shown] = await Promise.all([
      listOf(host),
      host.client.refusalOf('requestStill', cup),
      look(0, gone.path),
    ]);
    expect(list, 'while it is waited for').to.deep.equal([kept]);
    expect([refusal.code, await codeOf(shown)]).to.deep.equal(['nodeUnavailable', 'nodeUnavailable']);
    expect(await host.client.notification('stillFailed')).to.deep.equal({ stillId, code: 'nodeUnavailable' });
    expect(await listOf(host)).to.deep.equal([kept]);
    expect(await restList(1)).to.deep.equal([kept]);
    expect((await look(1, gone.path)).status).to.equal(404);
    expect((await look(1, kept.path)).status).to.equal(200);
  });

  it('of the own node are taken, listed, shown and removed while Redis is away', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const cup = await showCup(host);
    const [beside, elsewhere] = [await join(0, 'beside'), await join(1, 'elsewhere')];
    const before = await takeStill(node(0), elsewhere, host);
    await cluster.redis.kill();
    await waitFor('Redis to be missed', () => cluster.nodes.every(({ server }) => !server.cluster.settled));
    const still = await takeStill(node(0), beside, host);
    expect(await listOf(host)).to.deep.equal([still, before]);
    expect(await listOf(elsewhere)).to.deep.equal([]);
    expect((await look(0, still.path)).status).to.equal(200);
    const missed = await look(1, still.path);
    expect([missed.status, await codeOf(missed)]).to.deep.equal([503, 'clusterUnavailable']);
    expect((await elsewhere.client.refusalOf('requestStill', cup)).code).to.equal('clusterUnavailable');
    await host.client.request('removeStill', { stillId: before.stillId });
    expect(await listOf(beside)).to.deep.equal([still]);
    await cluster.redis.start();
    await waitFor('the cluster to be sure again', () => cluster.nodes.every(({ server }) => server.cluster.settled));
    await waitFor('the list to be whole', async () => (await listOf(elsewhere)).length === 1);
    expect((await look(1, still.path)).status).to.equal(200);
  });
});
