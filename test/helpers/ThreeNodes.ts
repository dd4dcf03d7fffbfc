import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccessTokenOptions } from '../../server/auth/accessToken.ts';
import type { ChaxiServer } from '../../server/createServer.ts';
import { PostgresServer } from './PostgresServer.ts';
import { shareRuns } from './shareRuns.ts';
import { TestCluster } from './TestCluster.ts';
import type { Sections, TestServer, TestServerOptions } from './testServer.ts';
import { viewNodes } from './viewNodes.ts';

/** What a node tells may make another one tell something in its turn: who is replaced leaves. */
const ROUNDS = 2;

/** Three nodes that stand for one: whoever asks for its address is given that of the next node, and so every room spans all of them. */
export class ThreeNodes implements TestServer {
  static readonly running = new Set<ThreeNodes>();
  readonly server: ChaxiServer;
  readonly settled = shareRuns(() => this.#settle());
  readonly #cluster: TestCluster;
  readonly #postgres: PostgresServer | undefined;
  #next = 0;

  static async start(sections: Sections = {}, { sharesMessages = false }: TestServerOptions = {}): Promise<ThreeNodes> {
    const postgres = sharesMessages ? await PostgresServer.start() : undefined;
    const database = postgres && { url: await postgres.createDatabase() };
    const placed = { ...sections, database, cluster: { ...sections.cluster, placement: 'region' as const } };
    const cluster = await TestCluster.start(3, placed, (index) => ({ region: `region-${index}` }));
    for (const { server } of cluster.nodes) server.cluster.handle('heard', () => null);
    const started = new ThreeNodes(cluster, postgres);
    ThreeNodes.running.add(started);
    return started;
  }

  private constructor(cluster: TestCluster, postgres: PostgresServer | undefined) {
    this.#cluster = cluster;
    this.#postgres = postgres;
    const servers = cluster.nodes.map(({ server }) => server);
    this.server = viewNodes(servers, this.settled);
  }

  get #first(): TestServer {
    return this.#cluster.nodes[0]!;
  }

  get config(): TestServer['config'] {
    return this.#first.config;
  }

  get url(): string {
    const { nodes } = this.#cluster;
    return nodes[this.#next++ % nodes.length]!.url;
  }

  token(options?: Partial<AccessTokenOptions>): Promise<string> {
    return this.#first.token(options);
  }

  /** From here on the first one is the next, so that a test finds the same order whatever ran before. */
  beginAgain(): void {
    this.#next = 0;
  }

  async close(): Promise<void> {
    ThreeNodes.running.delete(this);
    await this.#cluster.close();
    await this.#postgres?.close();
  }

  /** Messages from one node to another keep their order: what is answered comes after all that was told. */
  async #settle(): Promise<void> {
    const servers = this.#cluster.nodes.map(({ server }) => server);
    for (let round = 0; round < ROUNDS; round += 1) {
      // Changes are told when the turn is over in which they happened.
      await nextTurn();
      await Promise.all(
        servers.flatMap((from) =>
          servers.filter((to) => to !== from).map((to) => from.cluster.request(to.cluster.nodeId, 'heard', {})),
        ),
      );
    }
  }
}
