import { expect } from 'chai';
import { configSchema } from '../../../config/schema.ts';
import { Cluster } from '../../../server/cluster/Cluster.ts';
import { LocalStore } from '../../../server/cluster/local/LocalStore.ts';
import { nodeRecord } from '../../helpers/clusterStoreContract.ts';
import { recordLog } from '../../helpers/recordLog.ts';

const tea = { tenant: 'shop', room: 'tea' };

describe('a cluster', () => {
  const opened: Cluster[] = [];
  const open = async (nodeId: string, store?: LocalStore) => {
    const config = configSchema.parse({ cluster: { nodeId, heartbeatMs: 100 } });
    const cluster = await Cluster.open({ config, logger: recordLog().logger, store });
    opened.push(cluster);
    return cluster;
  };
  /** Nothing else happens in this process meanwhile. */
  const standStill = (ms: number) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };

  afterEach(() => Promise.all(opened.splice(0).map((cluster) => cluster.close())));

  it('of one node gives it every room, though it stood still for longer than a node may be silent', async () => {
    const cluster = await open('a');
    let load = 1;
    await cluster.join(() => nodeRecord('a', { load }));
    standStill(350);
    expect((await cluster.rooms.claim(tea, 'a')).holders).to.deep.equal(['a']);
    // What was due meanwhile has its turn, and changes nothing.
    await new Promise((resolve) => setImmediate(resolve));
    expect((await cluster.rooms.claim(tea, 'a')).holders).to.deep.equal(['a']);
    load = 2;
    expect(cluster.nodes).to.have.length(1).and.have.nested.property('[0].load', 2);
    expect(cluster.urls, 'origins besides those that are configured').to.deep.equal([]);
    expect(cluster.chooseNode([])).to.equal('a');
  });

  it('gives no room to a node that has not joined yet', async () => {
    const cluster = await open('a', new LocalStore());
    for (const answer of [cluster.rooms.claim(tea, 'a'), cluster.rooms.find(tea)]) {
      expect(await answer.catch((caught: unknown) => caught)).to.include({ code: 'clusterUnavailable' });
    }
  });

  it('remembers the addresses of the other nodes, not the own one', async () => {
    const store = new LocalStore();
    const [a, b] = [await open('a', store), await open('b', store)];
    await a.join(() => nodeRecord('a'));
    await b.join(() => nodeRecord('b'));
    expect(b.urls).to.deep.equal(['http://a.example']);
  });
});
