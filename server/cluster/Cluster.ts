import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';
import { Bus, type BusHandler } from './Bus.ts';
import { chooseNode } from './chooseNode.ts';
import type { ClusterStore } from './ClusterStore.ts';
import { LocalStore } from './local/LocalStore.ts';
import { LonePresence } from './local/LonePresence.ts';
import { LoneRooms } from './local/LoneRooms.ts';
import { MISSED_HEARTBEATS, NodePresence } from './NodePresence.ts';
import type { NodeRecord } from './NodeRecord.ts';
import type { Presence } from './Presence.ts';
import { RedisStore } from './redis/RedisStore.ts';
import { RoomHolders } from './RoomHolders.ts';
import type { RoomPlaces } from './RoomPlaces.ts';

/** A sign of life that is so many heartbeats old is overdue. */
const OVERDUE_HEARTBEATS = 1.5;

export interface ClusterOptions {
  config: Pick<Config, 'redis' | 'cluster'>;
  logger: Logger;
  /** One that others use too, and close. Default: the one that the configuration names. */
  store?: ClusterStore;
}

/** What one node has of its cluster. Without Redis it is a cluster of one. */
export class Cluster {
  readonly nodeId: string;
  readonly rooms: RoomPlaces;
  readonly #config: Config['cluster'];
  readonly #store: ClusterStore;
  readonly #closeStore: () => Promise<void>;
  readonly #bus: Bus;
  readonly #logger: Logger;
  /** There are no others. */
  readonly #alone: boolean;
  readonly #instance = randomUUID();
  readonly #nodeGone: ((nodeId: string) => void)[] = [];
  #presence: Presence | undefined;
  #draining = false;

  /** Reaches the store; the node is not to be seen before it joins. @throws clusterUnavailable */
  static async open({ config, logger, ...options }: ClusterOptions): Promise<Cluster> {
    const shared = options.store ?? (await openStore(config, logger));
    const store = shared ?? new LocalStore();
    const closeStore = async () => (options.store ? undefined : store.close());
    try {
      const nodeId = config.cluster.nodeId ?? makeNodeId();
      const bus = await Bus.open({ ownId: nodeId, store, logger });
      return new Cluster({ nodeId, config: config.cluster, alone: !shared, store, closeStore, bus, logger });
    } catch (error) {
      await closeStore();
      throw error;
    }
  }

  private constructor(parts: {
    nodeId: string;
    config: Config['cluster'];
    alone: boolean;
    store: ClusterStore;
    closeStore: () => Promise<void>;
    bus: Bus;
    logger: Logger;
  }) {
    const { nodeId, config, alone, store, closeStore, bus, logger } = parts;
    this.nodeId = nodeId;
    this.#config = config;
    this.#alone = alone;
    this.#store = store;
    this.#closeStore = closeStore;
    this.#bus = bus;
    this.#logger = logger;
    this.rooms = alone
      ? new LoneRooms(nodeId)
      : new RoomHolders({ store, nodeId, settled: () => this.settled, leaving: () => this.#leaving });
  }

  /** All nodes that are there as far as is known, this one too. */
  get nodes(): NodeRecord[] {
    return (this.#presence?.nodes ?? []).map((record) =>
      record.nodeId === this.nodeId ? { ...record, draining: record.draining || this.#draining } : record,
    );
  }

  /** Nodes other than this one that take people. */
  get others(): NodeRecord[] {
    return this.nodes.filter(({ nodeId, draining }) => nodeId !== this.nodeId && !draining);
  }

  /** Where browsers find this node; undefined outside a cluster, where they know it, and before it has joined. */
  get url(): string | undefined {
    return this.#alone ? undefined : this.nodes.find(({ nodeId }) => nodeId === this.nodeId)?.url;
  }

  /** Addresses of the other nodes that are there or were. */
  get urls(): string[] {
    return this.#presence?.urls ?? [];
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** What is known of the others is what is so. Not while the store is away, and shortly after. */
  get settled(): boolean {
    return this.#presence?.settled ?? false;
  }

  /** From now on the others see this node. @param describe what it tells of itself besides its name, its region and whether it is drained */
  async join(describe: () => Omit<NodeRecord, 'nodeId' | 'instance' | 'region' | 'draining'>): Promise<void> {
    const { region, heartbeatMs } = this.#config;
    const describeAll = () => ({
      nodeId: this.nodeId,
      instance: this.#instance,
      region,
      ...describe(),
      draining: this.#draining,
    });
    if (this.#alone) {
      this.#presence = new LonePresence(describeAll);
      return;
    }
    this.#presence = await NodePresence.open({
      store: this.#store,
      heartbeatMs,
      describe: describeAll,
      onForgotten: () => this.rooms.claimAgain(),
      onSettled: () => this.rooms.claimAgain(),
      onGone: (nodeId) => this.#handleGone(nodeId),
      logger: this.#logger,
    });
  }

  /** What other nodes, and the command line, may ask of this one under this name. */
  handle(method: string, handler: BusHandler): void {
    this.#bus.handle(method, handler);
  }

  /** @throws nodeUnavailable, clusterUnavailable, and what the other node refuses it with */
  request(nodeId: string, method: string, data: unknown): Promise<unknown> {
    return this.#bus.request(nodeId, method, data);
  }

  /** In the order of telling; what is lost on the way is lost without a word. */
  tell(nodeId: string, method: string, data: unknown): void {
    this.#bus.tell(nodeId, method, data);
  }

  /** Calls back when messages come again, after some may have been lost. */
  onHeardAgain(callback: () => void): void {
    this.#store.onHeardAgain(callback);
  }

  /** Calls back for a node that is not there any more, though it may come back. */
  onNodeGone(callback: (nodeId: string) => void): void {
    this.#nodeGone.push(callback);
  }

  /** The node for who asks here for a room that these nodes have; undefined where none takes anyone. */
  chooseNode(holders: readonly string[]): string | undefined {
    const { nodes } = this;
    // Before it has joined a node knows of itself alone.
    if (nodes.length === 0) return this.#draining ? undefined : this.nodeId;
    return chooseNode(this.#config.placement, nodes, { ownId: this.nodeId, holders });
  }

  /** A node by its name; asks for it where it is not known yet. @throws nodeUnavailable, clusterUnavailable */
  async findNode(nodeId: string): Promise<NodeRecord> {
    const find = () => this.nodes.find((record) => record.nodeId === nodeId);
    if (!find()) await this.#presence?.announce();
    const record = find();
    if (!record) throw new ChaxiError('nodeUnavailable');
    return record;
  }

  /**
   * Looks whether a node that is said to be there is: one whose process has ended is found out before all its heartbeats are
   * missed, and forgotten. A node that is forgotten in error writes itself anew.
   * @throws clusterUnavailable
   */
  async verifyNode(nodeId: string): Promise<boolean> {
    if (!this.settled) return true;
    const overdueMs = (MISSED_HEARTBEATS - OVERDUE_HEARTBEATS) * this.#config.heartbeatMs;
    if (!(await this.#store.removeEndedNode(nodeId, overdueMs))) return true;
    this.#logger.warn('a node has ended without a word', { nodeId });
    this.#handleGone(nodeId);
    return false;
  }

  /** Tells the others that this node takes nobody new. */
  drain(): void {
    this.#draining = true;
    // Where the store is away the next heartbeat tells it.
    this.#presence?.announce().catch(() => {});
  }

  /** The others know at once that this node is gone. */
  async close(): Promise<void> {
    this.rooms.close();
    await this.#presence?.close();
    await this.#bus.close();
    await this.#closeStore();
  }

  #handleGone(nodeId: string): void {
    for (const callback of this.#nodeGone) callback(nodeId);
  }

  get #leaving(): string[] {
    return this.nodes.filter(({ draining }) => draining).map(({ nodeId }) => nodeId);
  }
}

/** The store that the configuration names; undefined where it names none. @throws clusterUnavailable */
export async function openStore(
  { redis, cluster }: Pick<Config, 'redis' | 'cluster'>,
  logger: Logger,
): Promise<ClusterStore | undefined> {
  if (redis.url === null || cluster.secret === null) return undefined;
  return RedisStore.open(redis, cluster.secret, logger);
}

/** Two nodes may have one host name, and one node may begin again before the others know that it is gone. */
function makeNodeId(): string {
  const host = hostname()
    .replaceAll(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 48);
  return `${host}-${randomBytes(4).toString('hex')}`;
}
