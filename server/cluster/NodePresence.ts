import type { Logger } from '../base/logger.ts';
import type { ClusterStore } from './ClusterStore.ts';
import type { NodeRecord } from './NodeRecord.ts';
import type { Presence } from './Presence.ts';

/** A node counts as gone after so many heartbeats that did not come. */
export const MISSED_HEARTBEATS = 3;

/** More than the nodes of a cluster, and those that they took the place of. */
const REMEMBERED_URLS = 200;

export interface NodePresenceOptions {
  store: ClusterStore;
  heartbeatMs: number;
  /** What this node tells of itself now. */
  describe: () => NodeRecord;
  /** The store lost what this node had written, and all else. */
  onForgotten: () => void;
  /** After the store was away, or lost everything: all have had the time to write themselves anew. */
  onSettled: () => void;
  /** Another node is not there any more. */
  onGone: (nodeId: string) => void;
  logger: Logger;
}

/** Tells the cluster that this node is there, and knows which others are. */
export class NodePresence implements Presence {
  readonly #options: NodePresenceOptions;
  #known = new Map<string, NodeRecord>();
  readonly #urls = new Set<string>();
  /** By the own steady clock. */
  #settledAt = 0;
  #wasSettled = true;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #closed = false;

  /** @throws clusterUnavailable */
  static async open(options: NodePresenceOptions): Promise<NodePresence> {
    const presence = new NodePresence(options);
    await presence.#beat();
    presence.#schedule();
    return presence;
  }

  private constructor(options: NodePresenceOptions) {
    this.#options = options;
  }

  /** While the store is away, those that were there before it. */
  get nodes(): NodeRecord[] {
    return [...this.#known.values()];
  }

  /** Not while the store is away, and shortly after it has lost everything. */
  get settled(): boolean {
    return performance.now() >= this.#settledAt;
  }

  get urls(): string[] {
    return [...this.#urls];
  }

  announce(): Promise<void> {
    // One after another, so that an older record never overwrites a newer one.
    const beat = this.#beating.catch(() => {}).then(() => this.#beat());
    this.#beating = beat;
    return beat;
  }

  /** The others know at once. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#beating.catch(() => {});
    await this.#options.store.removeNode(this.#options.describe().nodeId).catch(() => {});
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.announce()
        // The store itself says in the log that it is away.
        .catch(() => {
          this.#settledAt = Infinity;
          this.#wasSettled = false;
        })
        .finally(() => this.#schedule());
    }, this.#options.heartbeatMs);
  }

  async #beat(): Promise<void> {
    const { store, heartbeatMs, describe } = this.#options;
    const ttlMs = MISSED_HEARTBEATS * heartbeatMs;
    if (this.#closed) return;
    const wasThere = await store.writeNode(describe(), ttlMs);
    const isFirst = this.#known.size === 0;
    // A store that lost this node lost the others too, and one that was away may have; they write themselves within a heartbeat.
    if (!isFirst && (!wasThere || this.#settledAt === Infinity)) this.#settledAt = performance.now() + ttlMs;
    if (!isFirst && !wasThere) this.#options.onForgotten();
    const records = await store.listNodes();
    this.#compare(new Map(records.map((record) => [record.nodeId, record])), this.settled);
    const { settled } = this;
    if (settled && !this.#wasSettled) this.#options.onSettled();
    this.#wasSettled = settled;
  }

  #compare(found: Map<string, NodeRecord>, settled: boolean): void {
    const before = this.#known;
    const missing = [...before.values()].filter(({ nodeId }) => !found.has(nodeId));
    this.#known = new Map([...(settled ? [] : missing.map((record) => [record.nodeId, record] as const)), ...found]);
    const own = this.#options.describe();
    for (const record of found.values()) {
      const { instance } = before.get(record.nodeId) ?? {};
      if (instance !== record.instance && record.nodeId !== own.nodeId && before.has(record.nodeId)) {
        this.#log('node began anew', record);
        this.#options.onGone(record.nodeId);
      }
      if (record.nodeId !== own.nodeId) this.#remember(record.url);
      if (!before.has(record.nodeId) && record.nodeId !== own.nodeId) this.#log('node joined', record);
      if (record.nodeId === own.nodeId && record.url !== own.url) {
        this.#options.logger.error('another node has the same cluster.nodeId', {
          nodeId: own.nodeId,
          nodeUrl: record.url,
        });
      }
    }
    if (!settled) return;
    for (const record of missing) {
      this.#log('node left', record);
      this.#options.onGone(record.nodeId);
    }
  }

  #remember(url: string): void {
    // The latest last.
    this.#urls.delete(url);
    this.#urls.add(url);
    for (const oldest of this.#urls) if (this.#urls.size > REMEMBERED_URLS) this.#urls.delete(oldest);
  }

  #log(message: string, { nodeId, region, url, version }: NodeRecord): void {
    this.#options.logger.info(message, { nodeId, region, nodeUrl: url, version });
  }
}
