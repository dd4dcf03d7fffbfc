import { expect } from 'chai';
import type { TastingStep } from '../../protocol/guide.ts';
import { PostgresServer } from '../helpers/PostgresServer.ts';
import { callRest } from '../helpers/restClient.ts';
import { ServerProcess } from '../helpers/ServerProcess.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { guideOf } from '../helpers/tastings.ts';
import { temporaryFolder } from '../helpers/temporaryFolder.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import { API_KEY, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('a tasting that spans nodes', function () {
  this.timeout(60_000);
  let cluster: TestCluster;
  let postgres: PostgresServer;
  let database: { url: string };
  const folder = temporaryFolder();
  const clients: SignalingClient[] = [];
  const processes: ServerProcess[] = [];
  let rooms = 0;
  let room = '';
  const node = (index: number): TestServer => cluster.nodes[index]!;
  const joinAt = async (url: string, identity: string, role: 'host' | 'guest' = 'guest') => {
    const { client, url: at } = await SignalingClient.join(url, await node(0).token({ identity, room, role }));
    clients.push(client);
    expect(at, `${identity} stays where it asks`).to.equal(url);
    return client;
  };
  const join = (index: number, identity: string, role?: 'host') => joinAt(node(index).url, identity, role);
  const shown = async (client: SignalingClient, { timer }: TastingStep) => {
    const { timeMs } = await client.request('ping', {});
    return timer!.elapsedMs + timeMs - timer!.runningSince!;
  };
  const path = () => `/rooms/${encodeURIComponent(room)}/guide`;

  before(async () => {
    postgres = await PostgresServer.start();
    database = { url: await postgres.createDatabase() };
    cluster = await TestCluster.start(2, { database, cluster: { placement: 'region' } } as never, (index) => ({
      region: `region-${index}`,
    }));
  });
  beforeEach(() => (room = `room ${(rooms += 1)}`));
  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    for (const started of processes.splice(0)) started.kill('SIGKILL');
    await cluster.closeRooms();
  });
  after(async () => {
    await cluster.close();
    await postgres.close();
  });

  it('has one guide, which any node changes, and one of two hosts on two nodes who change it at once', async () => {
    const hosts = [await join(0, 'one', 'host'), await join(1, 'two', 'host')];
    await hosts[0]!.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await hosts[1]!.notification('guideChanged');
    const outcomes = await Promise.allSettled(
      hosts.map((host, index) => host.request('setGuide', { guide: guideOf('oolong', `of-${index}`), revision: 1 })),
    );
    expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused!.reason).to.include({ code: 'guideConflict' });
    const [first, second] = await Promise.all(
      hosts.map((host) => host.notification('guideChanged', ({ revision }) => revision === 2)),
    );
    expect(first).to.deep.equal(second);
  });

  it('hears at once of a guide that the shop writes on a node that has not the room', async () => {
    const guest = await join(0, 'guest');
    expect(cluster.holdersOf(API_KEY, room)).to.deep.equal([node(0)]);
    const { body } = await callRest(node(1), 'PUT', path(), guideOf('oolong'));
    expect(await guest.notification('guideChanged')).to.deep.equal(body);
    await callRest(node(1), 'DELETE', path());
    await guest.notification('guideChanged', ({ guide }) => guide === null);
  });

  it('shows one step and one timer on all nodes, also on one that comes to have the room late', async () => {
    const host = await join(0, 'host', 'host');
    await host.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await host.request('setStep', { teaId: 'oolong' });
    const started = await host.request('setTimer', { action: 'start' });
    const late = await join(1, 'late');
    const steps = [started, await late.notification('stepChanged')];
    expect(steps[1]!.revision).to.equal(started.revision);
    const elapsed = [await shown(host, steps[0]!), await shown(late, steps[1]!)];
    expect(elapsed[1]! - elapsed[0]!).to.be.within(-100, 100);
    await host.request('setStep', { teaId: null });
    await late.notification('stepChanged', ({ teaId }) => teaId === null);
  });

  it('is in step with a process of its own, whose clock began at another time, and outlives it', async () => {
    const host = await join(0, 'host', 'host');
    const started = new ServerProcess({
      CHAXI_DATA_DIR: folder.path,
      CHAXI_REDIS_URL: cluster.redis.url,
      CHAXI_CLUSTER_SECRET: node(0).config.cluster.secret!,
      CHAXI_CLUSTER_REGION: 'region-3',
      CHAXI_CLUSTER_PLACEMENT: 'region',
      CHAXI_CLUSTER_HEARTBEAT_MS: '2000',
      CHAXI_DATABASE_URL: database.url,
    });
    processes.push(started);
    await host.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await host.request('setStep', { teaId: 'oolong' });
    const far = await joinAt(await started.url(), 'far host', 'host');
    await far.notification('stepChanged');
    const own = await far.request('setTimer', { action: 'start' });
    const heard = await host.notification('stepChanged', ({ revision }) => revision === own.revision);
    const [here, there] = [await shown(host, heard), await shown(far, own)];
    expect(Math.abs(here - there), 'of two clocks').to.be.below(100);
    const { note } = await far.request('saveNote', { teaId: 'oolong', words: 'kept' });
    started.kill('SIGKILL');
    const back = await join(1, 'far host', 'host');
    expect(await back.notification('stepChanged')).to.include({ revision: own.revision });
    expect((await back.request('listNotes', {})).notes).to.deep.equal([note]);
  });

  it('tells of notes that are shared on another node, and sums up those of all nodes', async () => {
    const host = await join(0, 'host', 'host');
    await host.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    const guest = await join(1, 'guest');
    await host.request('summarizeNotes', {});
    await guest.request('saveNote', { teaId: 'oolong', words: 'private', aspects: { taste: { score: 7 } } });
    await host.notification('notesSummary', ({ teas }) => teas[0]!.writers[0]?.scored === 1);
    const { note } = await guest.request('shareNote', { teaId: 'oolong', shared: true });
    expect(await host.notification('noteShared')).to.deep.equal({ note });
    expect((await host.request('listNotes', { teaId: 'oolong' })).notes).to.deep.equal([note]);
    await host.notification('notesSummary', ({ teas }) => teas[0]!.aspects.taste?.mean === 7);
    await callRest(node(0), 'DELETE', '/people/guest');
    await host.notification('noteWithdrawn');
    await waitFor('nobody to have written', () => host.received('notesSummary').at(-1)?.teas[0]!.writers.length === 0);
  });

  it('is the same again on all nodes after Redis was away while it changed', async () => {
    const [host, guest] = [await join(0, 'host', 'host'), await join(1, 'guest')];
    await host.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await guest.notification('guideChanged');
    await cluster.redis.kill();
    await host.request('setGuide', { guide: guideOf('oolong', 'sencha'), revision: 1 });
    await host.request('setStep', { teaId: 'sencha' });
    await cluster.redis.start();
    await guest.notification('stepChanged', ({ teaId }) => teaId === 'sencha');
    await guest.notification('guideChanged', ({ revision }) => revision === 2);
  });
});
