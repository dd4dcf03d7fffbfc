import { expect } from 'chai';
import { configSchema, type Config } from '../../../config/schema.ts';
import type { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { Cluster } from '../../../server/cluster/Cluster.ts';
import { LocalStore } from '../../../server/cluster/local/LocalStore.ts';
import { NodePipes } from '../../../server/media/NodePipes.ts';
import { RecordDesk } from '../../../server/rooms/records/RecordDesk.ts';
import { RoomDirectory, type Asking } from '../../../server/rooms/RoomDirectory.ts';
import { RoomElsewhere } from '../../../server/rooms/RoomElsewhere.ts';
import { RoomRegistry, type RoomRegistryOptions } from '../../../server/rooms/RoomRegistry.ts';
import { SpanDesk } from '../../../server/rooms/span/SpanDesk.ts';
import { StillDesk } from '../../../server/rooms/StillDesk.ts';
import { TastingDesk } from '../../../server/rooms/tasting/TastingDesk.ts';
import type { TastingStores } from '../../../server/storage/tasting/TastingStores.ts';
import { recordLog } from '../../helpers/recordLog.ts';
import { waitFor } from '../../helpers/waitFor.ts';

interface Node {
  cluster: Cluster;
  registry: RoomRegistry;
  directory: RoomDirectory;
}

describe('the directory of rooms', () => {
  let store: LocalStore;
  const nodes: Node[] = [];
  /** Nodes whose media workers have died. */
  const broken = new Set<string>();
  const { logger } = recordLog();
  /** Nodes without media: nobody enters a room here. */
  const start = async (nodeId: string, rooms: Partial<Config['rooms']> = {}): Promise<Node> => {
    const config = configSchema.parse({
      mode: 'production',
      rooms,
      cluster: { nodeId, heartbeatMs: 400, placement: 'sticky' },
    });
    const media = { config: config.media } as RoomRegistryOptions['media'];
    const archive = {} as ConstructorParameters<typeof StillDesk>[0]['archive'];
    const cluster = await Cluster.open({ config, logger, store });
    const stills = new StillDesk({ archive, cluster, logger, settings: config.stills, observe: () => {} });
    const pipes = new NodePipes({ bus: cluster, config: config.media, logger, findProducer: () => undefined });
    const spans = new SpanDesk({ cluster, pipes, returnTimeoutMs: 0, logger });
    const kept = { load: async () => [] } as Partial<TastingStores['records']> as TastingStores['records'];
    const stores = { records: kept, isShared: true, idle: async () => {} };
    const records = new RecordDesk({ stores, cluster, logger });
    const tastings = new TastingDesk({ notes: {} as TastingStores['notes'], records, cluster });
    const registry = new RoomRegistry({ config, media, stills, records, tastings, spans, logger });
    const directory = new RoomDirectory({ registry, cluster, autoCreate: config.rooms.autoCreate, logger });
    await cluster.join(() => ({
      url: `http://${nodeId}.example`,
      version: '1',
      load: 0,
      capacity: 100,
      rooms: registry.size,
      participants: 0,
      mediaReady: !broken.has(nodeId),
    }));
    const node = { cluster, registry, directory };
    nodes.push(node);
    await waitFor('all to know all', () => nodes.every((other) => other.cluster.nodes.length === nodes.length));
    return node;
  };
  /** Where a client is sent, or `here`, or the code of the error. */
  const where = (node: Node, name: string, tenant = 'shop', asking: Partial<Asking> = {}) =>
    node.directory.open(tenant, name, { moved: false, lost: false, ...asking }).then(
      () => 'here',
      (error: unknown) => (error instanceof RoomElsewhere ? error.url : (error as ChaxiError).code),
    );
  const codeOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'no failure',
      (error: ChaxiError) => error.code,
    );

  beforeEach(() => {
    store = new LocalStore();
    broken.clear();
  });
  afterEach(async () => {
    for (const { registry } of nodes) registry.drain();
    await Promise.all(nodes.splice(0).map(({ cluster }) => cluster.close()));
  });

  it('opens a room where it is asked for first, and sends who asks elsewhere there', async () => {
    const [a, b] = [await start('a'), await start('b')];
    expect(await where(a, 'tea')).to.equal('here');
    expect(await where(b, 'tea')).to.equal('http://a.example');
    expect(await where(b, 'tea', 'other shop')).to.equal('here');
    expect(await where(a, 'tea')).to.equal('here');
    expect([a.registry.size, b.registry.size]).to.deep.equal([1, 1]);
  });

  it('opens one room, whoever asks where at the same moment', async () => {
    const [a, b] = [await start('a'), await start('b')];
    const answers = await Promise.all([where(a, 'tea'), where(b, 'tea'), where(a, 'tea'), where(b, 'tea')]);
    expect(a.registry.size + b.registry.size).to.equal(1);
    expect(answers.filter((answer) => answer === 'here')).to.have.length(2);
  });

  it('makes only rooms that REST made, where the configuration says so', async () => {
    const [a, b] = [await start('a', { autoCreate: false }), await start('b', { autoCreate: false })];
    expect(await where(a, 'tea')).to.equal('roomNotFound');
    await b.directory.createRoom('shop', { name: 'tea', lobby: true });
    expect(await where(a, 'tea')).to.equal('http://b.example');
    expect(await where(b, 'tea')).to.equal('here');
    expect(await where(a, 'other')).to.equal('roomNotFound');
  });

  it('shows and closes the rooms of all nodes to their tenant alone', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await a.directory.createRoom('shop', { name: 'tea', metadata: 'oolong' });
    await b.directory.createRoom('shop', { name: 'cake' });
    await b.directory.createRoom('other', { name: 'tea' });
    const names = async (tenant: string, node: Node) =>
      (await node.directory.listRooms(tenant)).map(({ name }) => name).sort();
    for (const node of [a, b]) {
      expect(await names('shop', node)).to.deep.equal(['cake', 'tea']);
      expect(await names('other', node)).to.deep.equal(['tea']);
      expect(await node.directory.getRoom('shop', 'tea')).to.include({ metadata: 'oolong', participantCount: 0 });
      expect(await codeOf(node.directory.createRoom('shop', { name: 'tea' }))).to.equal('roomExists');
      expect(await codeOf(node.directory.getRoom('shop', 'none'))).to.equal('roomNotFound');
      expect(await codeOf(node.directory.closeRoom('third', 'tea'))).to.equal('roomNotFound');
    }
    await b.directory.closeRoom('shop', 'tea');
    expect(await names('shop', a)).to.deep.equal(['cake']);
    expect(await names('other', a)).to.deep.equal(['tea']);
    expect(await codeOf(b.directory.closeRoom('shop', 'tea'))).to.equal('roomNotFound');
  });

  it('leaves no claim where a room could not be made', async () => {
    const [a, b] = [await start('a', { maxRooms: 1 }), await start('b')];
    await a.directory.createRoom('shop', { name: 'tea' });
    expect(await where(a, 'cake')).to.equal('limitReached');
    expect(await codeOf(a.directory.createRoom('shop', { name: 'pot' }))).to.equal('limitReached');
    await waitFor(
      'the names to be free',
      async () => (await where(b, 'cake')) === 'here' && (await where(b, 'pot')) === 'here',
    );
  });

  it('lets another node open a room when its own is drained or gone', async () => {
    const [a, b, c] = [await start('a'), await start('b'), await start('c')];
    expect(await where(a, 'tea')).to.equal('here');
    a.cluster.drain();
    a.registry.drain();
    expect(await where(a, 'tea')).to.be.oneOf(['http://b.example', 'http://c.example']);
    const owner = b.registry.size + c.registry.size === 0 ? await where(a, 'tea') : '';
    const [holder, other] = owner === 'http://b.example' ? [b, c] : [c, b];
    expect(await where(other, 'tea')).to.equal(owner);
    expect(await where(holder, 'tea')).to.equal('here');
    await holder.cluster.close();
    await waitFor('the other node to open it', async () => (await where(other, 'tea')) === 'here');
  });

  it('is opened by another node for one who lost a session, before the end of its own is known', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await where(a, 'tea');
    expect(await where(b, 'tea', 'shop', { lost: true }), 'while the node is there').to.equal('http://a.example');
    // Its heartbeat does not come any more, and its connections are gone.
    store.writeNode = async () => true;
    store.removeEndedNode = async (nodeId) => {
      await store.removeNode(nodeId);
      return true;
    };
    expect(await where(b, 'tea'), 'who comes new is told what is written').to.equal('http://a.example');
    expect(await where(b, 'tea', 'shop', { lost: true })).to.equal('here');
    expect(b.registry.size).to.equal(1);
  });

  it('leaves a room, and new ones that are asked for there, to a node whose media workers died', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await where(a, 'tea');
    broken.add('a');
    await waitFor('b to know', () => b.cluster.nodes.some(({ nodeId, mediaReady }) => nodeId === 'a' && !mediaReady));
    expect(await where(b, 'tea')).to.equal('http://a.example');
    expect(await where(a, 'new')).to.equal('here');
    b.cluster.drain();
    await b.cluster.findNode('a');
    expect(await where(b, 'newer'), 'where there is no better one').to.equal('http://a.example');
  });

  for (const autoCreate of [true, false]) {
    for (const [title, end] of [
      ['is drained', ({ cluster, registry }: Node) => (cluster.drain(), registry.drain())],
      ['is gone', ({ cluster }: Node) => cluster.close()],
    ] as const) {
      it(`carries a room with its lobby to another node when its own ${title}, autoCreate ${autoCreate}`, async () => {
        const [a, b] = [await start('a', { autoCreate }), await start('b', { autoCreate })];
        const made = await a.directory.createRoom('shop', {
          name: 'tea',
          lobby: true,
          maxParticipants: 3,
          metadata: '茶',
        });
        const isCarried = async () => (await store.findRoom({ tenant: 'shop', room: 'tea' })).settings !== undefined;
        await waitFor('its settings to be written', isCarried);
        await end(a);
        await waitFor('the other node to open it', async () => (await where(b, 'tea')) === 'here');
        const { lobby, maxParticipants, metadata } = made;
        expect(b.registry.find('shop', 'tea')?.settings).to.include({ lobby, maxParticipants, metadata });
        await waitFor('it to be carried on', isCarried);
        await b.directory.closeRoom('shop', 'tea');
        expect(await isCarried(), 'after it was closed').to.equal(false);
      });
    }
  }

  it('takes nobody where every node is drained', async () => {
    const a = await start('a');
    a.cluster.drain();
    a.registry.drain();
    expect(await where(a, 'tea')).to.equal('serverDraining');
    expect(await codeOf(a.directory.createRoom('shop', { name: 'tea' }))).to.equal('serverDraining');
  });

  it('opens a room beside another node for who was sent here, with the settings it has there', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await a.directory.createRoom('shop', { name: 'tea', lobby: true, metadata: '茶' });
    const isCarried = async () => (await store.findRoom({ tenant: 'shop', room: 'tea' })).settings !== undefined;
    await waitFor('its settings to be written', isCarried);
    expect(await where(b, 'tea', 'shop', { moved: true })).to.equal('here');
    expect(b.registry.find('shop', 'tea')?.settings).to.include({ lobby: true, metadata: '茶' });
    await waitFor('both to know of each other', () =>
      [a, b].every(({ registry }) => registry.find('shop', 'tea')?.otherNodes.length === 1),
    );
    for (const node of [a, b]) {
      expect(await where(node, 'tea'), 'where both have it one stays').to.equal('here');
      expect((await node.directory.listRooms('shop')).map(({ name }) => name)).to.deep.equal(['tea']);
      expect(await codeOf(node.directory.createRoom('shop', { name: 'tea' }))).to.equal('roomExists');
    }
    await b.directory.closeRoom('shop', 'tea');
    expect(a.registry.size + b.registry.size, 'closed on both').to.equal(0);
    expect(await isCarried()).to.equal(false);
  });

  it('has one room where two nodes opened it without knowing of each other', async () => {
    const [a, b] = [await start('a'), await start('b')];
    await where(a, 'tea');
    await store.releaseRoom({ tenant: 'shop', room: 'tea' }, 'a', false);
    expect(await where(b, 'tea')).to.equal('here');
    expect(a.registry.find('shop', 'tea')?.otherNodes).to.deep.equal([]);
    a.cluster.rooms.claimAgain();
    await waitFor('both to know of each other', () =>
      [a, b].every(({ registry }) => registry.find('shop', 'tea')?.otherNodes.length === 1),
    );
  });
});
