import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { LocalStore } from '../../../server/cluster/local/LocalStore.ts';
import { NodePresence } from '../../../server/cluster/NodePresence.ts';
import type { NodeRecord } from '../../../server/cluster/NodeRecord.ts';
import { nodeRecord } from '../../helpers/clusterStoreContract.ts';
import { recordLog } from '../../helpers/recordLog.ts';
import { waitFor } from '../../helpers/waitFor.ts';

const HEARTBEAT_MS = 20;

/** A store that can be away, and that can lose everything. */
class BrittleStore extends LocalStore {
  away = false;
  calls = 0;

  override writeNode(record: NodeRecord, ttlMs: number): Promise<boolean> {
    this.calls += 1;
    return this.away ? Promise.reject(new ChaxiError('clusterUnavailable')) : super.writeNode(record, ttlMs);
  }
}

describe('the presence of nodes', () => {
  let store: BrittleStore;
  let log: ReturnType<typeof recordLog>;
  const opened: NodePresence[] = [];
  let forgotten: number;
  const onForgotten = () => (forgotten += 1);
  const gone: string[] = [];
  let settledAgain = 0;
  const open = async (nodeId: string, describe = () => nodeRecord(nodeId), heartbeatMs = HEARTBEAT_MS) => {
    const presence = await NodePresence.open({
      store,
      heartbeatMs,
      describe,
      onForgotten,
      onSettled: () => (settledAgain += 1),
      onGone: (nodeId) => void gone.push(nodeId),
      logger: log.logger,
    });
    opened.push(presence);
    return presence;
  };
  const names = (presence: NodePresence) =>
    presence.nodes
      .map(({ nodeId }) => nodeId)
      .sort()
      .join();
  const messages = () => log.entries.map(({ message, fields }) => `${message} ${String(fields.nodeId)}`);
  const beats = async (count: number) => {
    const wanted = store.calls + count;
    await waitFor(`${count} heartbeats`, () => store.calls >= wanted);
  };

  beforeEach(() => {
    gone.length = 0;
    settledAgain = 0;
    store = new BrittleStore();
    log = recordLog();
    forgotten = 0;
  });
  afterEach(() => Promise.all(opened.splice(0).map((presence) => presence.close())));

  it('is known to each node within a heartbeat, and its end at once', async () => {
    const [a, b] = [await open('a'), await open('b')];
    expect(names(b)).to.equal('a,b');
    await waitFor('a to know b', () => names(a) === 'a,b');
    await b.close();
    await waitFor('a to be alone', () => names(a) === 'a');
    expect(messages()).to.include.members(['node joined b', 'node left b']);
    expect(a.urls, 'pages that came from b are still there').to.deep.equal(['http://b.example']);
  });

  it('ends when a node does not write itself any more', async () => {
    const a = await open('a');
    await store.writeNode(nodeRecord('silent'), 500);
    await waitFor('a to know it', () => names(a) === 'a,silent');
    await waitFor('a to be alone', () => names(a) === 'a');
    expect(gone).to.deep.equal(['silent']);
  });

  it('tells what changed when it is told to, without a heartbeat', async () => {
    let load = 1;
    const a = await open('a', () => nodeRecord('a', { load }));
    load = 2;
    await a.announce();
    expect((await store.listNodes()).map((record) => record.load)).to.deep.equal([2]);
  });

  it('stays as it was while the store is away, and begins again with it', async () => {
    const a = await open('a');
    await store.writeNode(nodeRecord('b'), 60_000);
    await waitFor('a to know b', () => names(a) === 'a,b');
    store.away = true;
    await store.removeNode('b');
    await beats(6);
    expect(names(a)).to.equal('a,b');
    expect(a.settled).to.equal(false);
    expect(gone).to.deep.equal([]);
    const backAt = performance.now();
    store.away = false;
    await waitFor('b to be taken for gone, since it never came', () => names(a) === 'a');
    expect(performance.now() - backAt, 'time that b was given').to.be.at.least(3 * HEARTBEAT_MS);
    expect(a.settled).to.equal(true);
    expect(settledAgain, 'told once').to.equal(1);
  });

  it('takes nobody for gone because the store lost everything', async () => {
    // None comes by itself: the test makes them.
    const a = await open('a', undefined, 60_000);
    await store.writeNode(nodeRecord('b'), 60_000);
    await a.announce();
    const listNodes = store.listNodes.bind(store);
    store.listNodes = async () => {
      const records = await listNodes();
      // It writes itself anew when the other has already seen that it is missing.
      await store.writeNode(nodeRecord('b'), 60_000);
      return records;
    };
    await Promise.all([store.removeNode('a'), store.removeNode('b')]);
    for (let heartbeat = 1; heartbeat <= 3; heartbeat += 1) await a.announce();
    expect(names(a)).to.equal('a,b');
    expect(messages()).to.not.include('node left b');
    expect(forgotten, 'told once').to.equal(1);
  });

  it('of two nodes of one name is a mistake that each tells in its log', async () => {
    await open('a', () => nodeRecord('a', { url: 'http://one.example' }));
    await open('a', () => nodeRecord('a', { url: 'http://two.example' }));
    // Either may read between the other's writing and its own.
    const wrong = () => log.entries.filter(({ level }) => level === 'error').map(({ fields }) => fields.nodeUrl);
    const listNodes = store.listNodes.bind(store);
    store.listNodes = async () => {
      await store.writeNode(nodeRecord('a', { url: 'http://two.example' }), 60_000);
      return listNodes();
    };
    await waitFor('the one to see the other', () => wrong().includes('http://two.example'));
  });

  it('does not begin where the store is away', async () => {
    store.away = true;
    const error = await open('a').catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'clusterUnavailable' });
  });

  it('ends in silence where the store is away, and writes nothing after', async () => {
    const a = await open('a');
    store.away = true;
    await a.close();
    await a.close();
    store.away = false;
    const { calls } = store;
    await a.announce();
    expect(store.calls).to.equal(calls);
  });
});
