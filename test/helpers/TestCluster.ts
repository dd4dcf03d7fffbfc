import type { Config } from '../../config/schema.ts';
import { RedisServer } from './RedisServer.ts';
import { API_KEY, startTestNode, type Sections, type TestServer } from './testServer.ts';

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
    { cluster, ...sections }: Sections = {},
    ownOf: (index: number) => Partial<Config['cluster']> = () => ({}),
  ): Promise<TestCluster> {
    const started = new TestCluster(await RedisServer.start());
    const nodes = Array.from({ length: count }, (_, index) =>
      started.#startNode(`node-${index + 1}`, { ...sections, cluster: { ...cluster, ...ownOf(index + 1) } }),
    );
    started.nodes.push(...(await Promise.all(nodes)));
    await started.untilAllKnowAll();
    return started;
  }

  private constructor(redis: RedisServer) {
    this.redis = redis;
  }

  async add(nodeId: string, sections: Sections = {}): Promise<TestServer> {
    const node = await this.#startNode(nodeId, sections);
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

  /** Resolves when the store too has forgotten them, so that one of the same name is a new one. */
  async closeRooms(): Promise<void> {
    const closed = this.nodes.flatMap(({ server: { registry, cluster } }) =>
      registry.rooms.map((room) => {
        room.close();
        return cluster.rooms.released({ tenant: API_KEY, room: room.settings.name });
      }),
    );
    await Promise.all(closed);
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.splice(0).map((node) => node.close()));
    await this.redis.close();
  }

  #startNode(nodeId: string, { cluster, ...sections }: Sections): Promise<TestServer> {
    const own: Partial<Config['cluster']> = { secret: CLUSTER_SECRET, nodeId, heartbeatMs: HEARTBEAT_MS, ...cluster };
    const media = { workers: 1, basePort: 0, listenIps: ['127.0.0.1'] };
    return startTestNode({ media, ...sections, redis: { url: this.redis.url }, cluster: own });
  }
}
