import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { configSchema } from '../../config/schema.ts';
import { RedisStore } from '../../server/cluster/redis/RedisStore.ts';
import { clusterStoreContract, nodeRecord } from '../helpers/clusterStoreContract.ts';
import { recordLog } from '../helpers/recordLog.ts';
import { RedisServer } from '../helpers/RedisServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

const SECRET = 'the-secret-that-the-nodes-of-the-tests-share';
const LONG_MS = 60_000;

const pem = (name: string) => fileURLToPath(new URL(`../unit/http/fixtures/one.${name}.pem`, import.meta.url));

describe('the store of a cluster on Redis', () => {
  let redis: RedisServer;
  let log: ReturnType<typeof recordLog>;
  const opened: RedisStore[] = [];
  const open = async (secret = SECRET, settings: { url?: string; caFile?: string } = {}) => {
    const config = configSchema.parse({ redis: { url: redis.url, ...settings } }).redis;
    const store = await RedisStore.open(config, secret, log.logger);
    opened.push(store);
    return store;
  };
  const failure = (answer: Promise<unknown>) =>
    answer.then(
      () => 'no failure',
      (error: { code?: string }) => error.code,
    );

  before(async () => (redis = await RedisServer.start()));
  beforeEach(() => (log = recordLog()));
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await redis.command('FLUSHALL');
  });
  after(() => redis.close());

  describe('like every store', () => {
    let stores: { here: RedisStore; there: RedisStore };
    beforeEach(async () => (stores = { here: await open(), there: await open() }));

    clusterStoreContract(() => stores);
  });

  it('leaves nothing in Redis that can be read there, and nothing for ever', async () => {
    const store = await open();
    await store.writeNode(nodeRecord('a', { region: 'fujian' }), LONG_MS);
    expect(await redis.command('KEYS', '*')).to.have.members(['chaxi:nodes', 'chaxi:node:a']);
    expect(String(await redis.command('GET', 'chaxi:node:a'))).to.not.include('fujian');
    expect(Number(await redis.command('PTTL', 'chaxi:node:a'))).to.be.within(1, LONG_MS);
    await store.removeNode('a');
    expect(await redis.command('KEYS', '*')).to.deep.equal([]);
  });

  it('does not believe a node, or a message, of another secret, and says so', async () => {
    const [own, stranger] = [await open(), await open('another-secret-that-is-long-enough-too')];
    const heard: unknown[] = [];
    await own.listen('a', (message) => heard.push(message));
    await stranger.writeNode(nodeRecord('stranger'), LONG_MS);
    await own.writeNode(nodeRecord('own'), LONG_MS);
    await stranger.send('a', 'forged');
    await redis.command('PUBLISH', 'chaxi:inbox:a', 'nonsense');
    await own.send('a', 'true');
    await waitFor('the true message', () => heard.length > 0);
    expect(heard).to.deep.equal(['true']);
    expect((await own.listNodes()).map(({ nodeId }) => nodeId)).to.deep.equal(['own']);
    expect(log.entries.filter(({ level }) => level === 'warn')).to.have.length(3);
  });

  it('does not believe a record that was copied to the place of another node', async () => {
    const store = await open();
    await store.writeNode(nodeRecord('a'), LONG_MS);
    await redis.command('COPY', 'chaxi:node:a', 'chaxi:node:b');
    await redis.command('SADD', 'chaxi:nodes', 'b');
    expect((await store.listNodes()).map(({ nodeId }) => nodeId)).to.deep.equal(['a']);
  });

  it('refuses while Redis is away and goes on when it is back, empty, with whoever listened', async () => {
    const [here, there] = [await open(), await open()];
    const heard: unknown[] = [];
    await there.listen('a', (message) => heard.push(message));
    await here.writeNode(nodeRecord('a'), LONG_MS);
    await redis.kill();
    expect(await failure(here.listNodes())).to.equal('clusterUnavailable');
    expect(await failure(here.send('a', 1))).to.equal('clusterUnavailable');
    await redis.start();
    await waitFor('Redis to be asked again', () =>
      here.listNodes().then(
        () => true,
        () => false,
      ),
    );
    expect(await here.writeNode(nodeRecord('a'), LONG_MS)).to.equal(false);
    await waitFor('the listener to be back', async () => (await here.send('a', 'again')) === 1);
    await waitFor('the message', () => heard.includes('again'));
    expect(log.entries.map(({ message }) => message)).to.include.members(['Redis is away', 'Redis is back']);
  });

  it('refuses in time while Redis hangs', async () => {
    const store = await open();
    redis.freeze();
    try {
      expect(await failure(store.listNodes())).to.equal('clusterUnavailable');
    } finally {
      redis.thaw();
    }
    await waitFor('an answer', () =>
      store.listNodes().then(
        () => true,
        () => false,
      ),
    );
  });

  it('says so where messages alone do not come, and when they come again', async () => {
    const [here, there] = [await open(), await open()];
    await there.listen('a', () => {});
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await waitFor('the listener to be back', async () => (await here.send('a', 'again')) === 1);
    await waitFor('both to be told', () => log.entries.length >= 2);
    expect(log.entries.map(({ message }) => message)).to.deep.equal([
      'messages through Redis do not come',
      'messages through Redis come again',
    ]);
  });

  it('does not begin without Redis', async () => {
    const gone = await RedisServer.start();
    await gone.close();
    expect(await failure(open(SECRET, { url: gone.url }))).to.equal('clusterUnavailable');
  });

  it('needs the password where there is one, and speaks TLS', async () => {
    const guarded = await RedisServer.start({
      password: 'tea',
      tls: { certFile: pem('cert'), keyFile: pem('key') },
    });
    try {
      const store = await open(SECRET, { url: guarded.url, caFile: pem('cert') });
      await store.writeNode(nodeRecord('a'), LONG_MS);
      expect(await store.listNodes()).to.have.length(1);
      const wrong = guarded.url.replace(':tea@', ':milk@');
      expect(await failure(open(SECRET, { url: wrong, caFile: pem('cert') })), 'a wrong password').to.equal(
        'clusterUnavailable',
      );
      expect(await failure(open(SECRET, { url: guarded.url })), 'an unknown certificate').to.equal(
        'clusterUnavailable',
      );
    } finally {
      await guarded.close();
    }
  });
});
