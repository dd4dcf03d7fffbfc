import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { CarriedRoom, RoomPlace } from './CarriedRoom.ts';
import type { ClusterStore, RoomKey } from './ClusterStore.ts';
import type { RoomPlaces } from './RoomPlaces.ts';

/** A claim ends by itself so long after its node, or its Redis, forgot it. */
const ROOM_TTL_MS = 60_000;

/** Claims are written again so often; what a lost Redis forgot is written as soon as that is seen. */
const CLAIM_AGAIN_MS = 20_000;

/** Where the store was away. */
const RETRY_MS = 100;

export interface RoomOwnersOptions {
  store: ClusterStore;
  nodeId: string;
  /** The store knows who has what. */
  settled: () => boolean;
  /** Nodes whose rooms are free to be taken. */
  leaving: () => string[];
}

/** Which node has which room, by the claims that stand in the store. */
export class RoomOwners implements RoomPlaces {
  readonly #options: RoomOwnersOptions;
  /** Of this node. */
  readonly #own = new Map<string, { room: RoomKey; carried: CarriedRoom }>();
  readonly #timer: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;
  #onLost: (room: RoomKey) => void = () => {};
  #closed = false;

  constructor(options: RoomOwnersOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.claimAgain(), CLAIM_AGAIN_MS);
  }

  onLost(callback: (room: RoomKey) => void): void {
    this.#onLost = callback;
  }

  async claim(room: RoomKey, nodeId: string): Promise<RoomPlace> {
    if (this.#options.settled()) return this.#claim(room, nodeId);
    const place = await this.find(room);
    return place.owner === undefined ? this.#claim(room, nodeId) : place;
  }

  /** @throws clusterUnavailable */
  async #claim(room: RoomKey, nodeId: string, carried?: CarriedRoom): Promise<RoomPlace> {
    const { store, nodeId: asker, leaving } = this.#options;
    const place = await store.claimRoom(room, { asker, nodeId, ttlMs: ROOM_TTL_MS, leaving: leaving(), carried });
    if (place?.owner === undefined) throw new ChaxiError('clusterUnavailable');
    return place;
  }

  async find(room: RoomKey): Promise<RoomPlace> {
    const place = await this.#options.store.findRoom(room);
    // The one that has it may not have claimed it again yet.
    if (place.owner === undefined && !this.#options.settled()) throw new ChaxiError('clusterUnavailable');
    return place;
  }

  keep(room: RoomKey, { settings, ttlMs }: CarriedRoom): void {
    const carried = { settings, ttlMs: ROOM_TTL_MS + ttlMs };
    this.#own.set(JSON.stringify(room), { room, carried });
    this.#claimAgain(room, carried).catch(() => this.#claimLater());
  }

  release(room: RoomKey): void {
    const { store, nodeId, leaving } = this.#options;
    this.#own.delete(JSON.stringify(room));
    // Where the store is away the claim ends by itself.
    store.releaseRoom(room, nodeId, leaving().includes(nodeId)).catch(() => {});
  }

  claimAgain(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    for (const { room, carried } of this.#own.values()) {
      this.#claimAgain(room, carried).catch(() => this.#claimLater());
    }
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    this.#own.clear();
  }

  #claimLater(): void {
    if (!this.#closed) this.#retry ??= setTimeout(() => this.claimAgain(), RETRY_MS);
  }

  async #claimAgain(room: RoomKey, carried: CarriedRoom): Promise<void> {
    const { nodeId } = this.#options;
    const { owner } = await this.#claim(room, nodeId, carried);
    const isOwn = this.#own.has(JSON.stringify(room));
    if (owner !== nodeId && isOwn) this.#onLost(room);
    // Released while it was claimed again.
    if (owner === nodeId && !isOwn && !this.#closed) this.release(room);
  }
}
