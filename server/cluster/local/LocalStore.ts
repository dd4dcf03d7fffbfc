import { keyOfRoom } from '../../base/keyOfRoom.ts';
import type { RoomPlace } from '../CarriedRoom.ts';
import type { ClusterStore, RoomClaim, RoomKey, Unsubscribe } from '../ClusterStore.ts';
import type { NodeRecord } from '../NodeRecord.ts';

interface Kept {
  record: NodeRecord;
  until: number;
}

/** The store of nodes within one process: for the bus of a single node, and for all of a cluster in tests. */
export class LocalStore implements ClusterStore {
  readonly #nodes = new Map<string, Kept>();
  readonly #rooms = new Map<string, { holders: Set<string>; until: number }>();
  readonly #settings = new Map<string, { json: string; until: number }>();
  readonly #listeners = new Map<string, Set<(message: unknown) => void>>();

  async writeNode(record: NodeRecord, ttlMs: number): Promise<boolean> {
    const wasThere = this.#kept(record.nodeId) !== undefined;
    this.#nodes.set(record.nodeId, { record: structuredClone(record), until: performance.now() + ttlMs });
    return wasThere;
  }

  async removeNode(nodeId: string): Promise<void> {
    this.#nodes.delete(nodeId);
  }

  async removeEndedNode(nodeId: string, overdueMs: number): Promise<boolean> {
    const { until } = this.#kept(nodeId) ?? { until: 0 };
    if (this.#listeners.has(nodeId) || until - performance.now() >= overdueMs) return false;
    this.#nodes.delete(nodeId);
    return true;
  }

  async listNodes(): Promise<NodeRecord[]> {
    return [...this.#nodes.keys()]
      .flatMap((nodeId) => structuredClone(this.#kept(nodeId)?.record) ?? [])
      .sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
  }

  async claimRoom(room: RoomKey, claim: RoomClaim): Promise<RoomPlace | undefined> {
    const { asker, nodeId, beside, ttlMs, leaving, carried } = claim;
    const isKnown = this.#kept(asker) !== undefined;
    const before = this.#placeOf(room);
    const isTaken = before.holders.some((holder) => !leaving.includes(holder));
    if (!isKnown) return isTaken ? before : undefined;
    if (isTaken && !beside && !before.holders.includes(nodeId)) return before;
    const holders = new Set([...before.holders, nodeId]);
    this.#rooms.set(keyOfRoom(room), { holders, until: performance.now() + ttlMs });
    if (carried) {
      const isOwn = beside && holders.size === 1;
      const json = JSON.stringify(isOwn ? carried.settings : (before.settings ?? carried.settings));
      this.#settings.set(keyOfRoom(room), { json, until: performance.now() + carried.ttlMs });
    }
    return { holders: [...holders].sort(), settings: before.settings };
  }

  async findRoom(room: RoomKey): Promise<RoomPlace> {
    return this.#placeOf(room);
  }

  async releaseRoom(room: RoomKey, nodeId: string, isMoving: boolean): Promise<void> {
    const entry = this.#rooms.get(keyOfRoom(room));
    entry?.holders.delete(nodeId);
    if (entry && entry.holders.size > 0) return;
    this.#rooms.delete(keyOfRoom(room));
    if (!isMoving) this.#settings.delete(keyOfRoom(room));
  }

  async send(nodeId: string, message: unknown): Promise<number> {
    const listeners = [...(this.#listeners.get(nodeId) ?? [])];
    // As over a network: later, and in the form in which it would have come.
    const text = JSON.stringify(message);
    for (const listener of listeners) setImmediate(() => listener(JSON.parse(text)));
    return listeners.length;
  }

  async listen(nodeId: string, listener: (message: unknown) => void): Promise<Unsubscribe> {
    const listeners = this.#listeners.get(nodeId) ?? new Set();
    this.#listeners.set(nodeId, listeners.add(listener));
    return async () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(nodeId) === listeners) this.#listeners.delete(nodeId);
    };
  }

  /** It is never away. */
  onHeardAgain(): void {}

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  #placeOf(room: RoomKey): RoomPlace {
    const { holders = [] } = unlessOver(this.#rooms, keyOfRoom(room)) ?? {};
    const json = unlessOver(this.#settings, keyOfRoom(room))?.json;
    return {
      holders: [...holders].filter((holder) => this.#kept(holder)).sort(),
      settings: json && (JSON.parse(json) as unknown),
    };
  }

  #kept(nodeId: string): Kept | undefined {
    return unlessOver(this.#nodes, nodeId);
  }
}

/** One entry, which is forgotten when it is asked for after its end. */
function unlessOver<T extends { until: number }>(entries: Map<string, T>, key: string): T | undefined {
  const entry = entries.get(key);
  if (entry === undefined || entry.until > performance.now()) return entry;
  entries.delete(key);
  return undefined;
}
