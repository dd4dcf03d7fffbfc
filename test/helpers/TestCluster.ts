import type { Config } from '../../config/schema.ts';
import { RedisServer } from './RedisServer.ts';
import { startTestServer, type TestServer } from './testServer.ts';

/** Of the nodes of the tests. */
const CLUSTER_SECRET = 'the-secret-that-the-nodes-of-the-tests-share';

/** All nodes share one process, which may be busy for longer than a node may be silent; no test waits for a heartbeat. */
const HEARTBEAT_MS = 2_000;

/** Several real nodes in this process, on a real Redis of their own. */
export class TestCluster {
  readonly redis: RedisServer;
  readonly nodes: TestServer[] = [];

  static async start(
    count: number,
    { cluster, ...sections }: Parameters<typeof startTestServer>[0] = {},
    ownOf: (index: number) => Partial<Config['cluster']> = () => ({}),
  ): Promise<TestCluster> {
    const started = new TestCluster(await RedisServer.start());
    for (let index = 1; index <= count; index += 1) {
      await started.add(`node-${index}`, { ...sections, cluster: { ...cluster, ...ownOf(index) } });
    }
    await started.untilAllKnowAll();
    return started;
  }

  private constructor(redis: RedisServer) {
    this.redis = redis;
  }

  async add(nodeId: string, { cluster, ...sections }: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
    const own: Partial<Config['cluster']> = { secret: CLUSTER_SECRET, nodeId, heartbeatMs: HEARTBEAT_MS, ...cluster };
    const media = { workers: 1, basePort: 0, listenIps: ['127.0.0.1'] };
    const node = await startTestServer({ media, ...sections, redis: { url: this.redis.url }, cluster: own });
    this.nodes.push(node);
    return node;
  }

  /** Each node counts as many as there are. */
  async untilAllKnowAll(): Promise<void> {
    const nodeIds = this.nodes.map(({ server }) => server.cluster.nodeId);
    await Promise.all(this.nodes.flatMap(({ server }) => nodeIds.map((nodeId) => server.cluster.findNode(nodeId))));
  }

  /** The nodes that have the room. */
  holdersOf(tenant: string, room: string): TestServer[] {
    return this.nodes.filter(({ server }) => server.registry.find(tenant, room));
  }

  closeRooms(): void {
    for (const { server } of this.nodes) for (const room of server.registry.rooms) room.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.splice(0).map((node) => node.close()));
    await this.redis.close();
  }
}
