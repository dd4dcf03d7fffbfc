import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Config } from '../../config/schema.ts';
import { createAccessToken } from '../../server/auth/accessToken.ts';
import { askNode, type Answer } from './askNode.ts';
import { createCertificate, type Certificate } from './certificate.ts';
import { RedisProcess } from './RedisProcess.ts';
import type { Scratch } from './Scratch.ts';
import { API_KEY, API_SECRET, ServerNode } from './ServerNode.ts';
import { sumOfMetric } from './sumOfMetric.ts';
import type { Target, TokenRequest } from './Target.ts';

const CLI = fileURLToPath(new URL('../../scripts/chaxi.mjs', import.meta.url));
const CLUSTER_SECRET = 'the-secret-that-the-nodes-of-the-bench-share';
const MEET_TIMEOUT_MS = 20_000;
const POLL_MS = 20;
/** The bench asks from one address for everybody. */
const NO_RATE_LIMIT = '1000000';

export interface NodeClusterOptions {
  scratch: Scratch;
  nodes: number;
  /** Of each node. */
  workers: number;
  placement: Config['cluster']['placement'];
  /** Each node is a region of its own, so that with the placement `region` people are on the node that they ask. */
  apart?: boolean;
  /** More configuration of each node, as environment. */
  env?: Record<string, string>;
  /** The same of one node, by its place. */
  envOf?: (index: number) => Record<string, string>;
}

/** A node of the cluster, which may be down. */
export interface ClusterNode {
  readonly nodeId: string;
  readonly url: string;
  readonly server: ServerNode;
}

/** Several nodes, each a process of its own, and the Redis by which they know of each other. */
export class NodeCluster {
  readonly redis: RedisProcess;
  readonly certificate: Certificate;
  readonly #options: NodeClusterOptions;
  readonly #nodes: ClusterNode[] = [];

  /** Resolves when all nodes know each other. */
  static async start(options: NodeClusterOptions): Promise<NodeCluster> {
    const { scratch } = options;
    const redis = scratch.use(await RedisProcess.start(scratch.dir));
    const cluster = scratch.use(new NodeCluster(options, redis, await createCertificate(scratch.dir)));
    for (let index = 0; index < options.nodes; index++) await cluster.#start(index);
    await cluster.untilAllMeet();
    return cluster;
  }

  private constructor(options: NodeClusterOptions, redis: RedisProcess, certificate: Certificate) {
    this.#options = options;
    this.redis = redis;
    this.certificate = certificate;
  }

  get nodes(): readonly ClusterNode[] {
    return this.#nodes;
  }

  /** @throws Error where there is none */
  node(index: number): ClusterNode {
    const node = this.#nodes[index];
    if (!node) throw new Error(`The cluster has no node ${index}.`);
    return node;
  }

  token(request: TokenRequest): Promise<string> {
    return createAccessToken({ apiKey: API_KEY, apiSecret: API_SECRET, ttlSeconds: 86_400, ...request });
  }

  /** What is asked by way of this node. */
  target(index: number): Target {
    const { url, server } = this.node(index);
    return { url, token: (request) => this.token(request), node: server, relay: null, certificate: this.certificate };
  }

  /** Begins it anew, at the same addresses; resolves when all nodes know each other. */
  async restart(index: number): Promise<void> {
    await this.node(index).server.close();
    await this.#start(index);
    await this.untilAllMeet();
  }

  /** `npx chaxi drain` */
  async drain(index: number): Promise<void> {
    const env = { ...process.env, ...this.#clusterEnv };
    await promisify(execFile)(process.execPath, [CLI, 'drain', this.node(index).nodeId], { env });
  }

  /** What REST of a node answers to its shop. */
  rest(index: number, path: string): Promise<Answer> {
    const credentials = Buffer.from(`${API_KEY}:${API_SECRET}`).toString('base64');
    return askNode(`${this.node(index).url}${path}`, this.certificate, `Basic ${credentials}`);
  }

  /** Sums of metrics of a node, by their names. */
  async metrics<Name extends string>(index: number, names: readonly Name[]): Promise<Record<Name, number>> {
    const { text } = await askNode(`${this.node(index).url}/metrics`, this.certificate);
    return Object.fromEntries(names.map((name) => [name, sumOfMetric(text, name)])) as Record<Name, number>;
  }

  /** The same of all nodes. */
  allMetrics<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>[]> {
    return Promise.all(this.#nodes.map((_, index) => this.metrics(index, names)));
  }

  /** @throws Error that says how many each knows where that takes too long */
  async untilAllMeet(): Promise<void> {
    const deadline = performance.now() + MEET_TIMEOUT_MS;
    for (;;) {
      const known = await this.allMetrics(['chaxi_cluster_nodes']);
      const counts = known.map(({ chaxi_cluster_nodes: count }) => count);
      if (counts.every((count) => count === this.#nodes.length)) return;
      if (performance.now() > deadline) throw new Error(`The nodes know ${counts.join(', ')} of each other.`);
      await sleep(POLL_MS);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#nodes.map(({ server }) => server.close()));
  }

  async #start(index: number): Promise<void> {
    const { scratch, workers, apart = false, env, envOf } = this.#options;
    const nodeId = `node-${index + 1}`;
    const server = await ServerNode.start({
      dir: join(scratch.dir, nodeId),
      workers,
      certificate: this.certificate,
      firstPort: this.#nodes[index]?.server.httpPort,
      env: {
        ...this.#clusterEnv,
        CHAXI_CLUSTER_NODE_ID: nodeId,
        ...(apart && { CHAXI_CLUSTER_REGION: nodeId }),
        CHAXI_CLUSTER_PLACEMENT: this.#options.placement,
        CHAXI_HTTP_RATE_LIMIT_PER_MINUTE: NO_RATE_LIMIT,
        ...env,
        ...envOf?.(index),
      },
    });
    this.#nodes[index] = { nodeId, url: server.url, server };
  }

  get #clusterEnv() {
    return { CHAXI_REDIS_URL: this.redis.url, CHAXI_CLUSTER_SECRET: CLUSTER_SECRET };
  }
}
