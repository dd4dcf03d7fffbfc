import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { CarriedRoom, RoomPlace } from './CarriedRoom.ts';
import type { ClusterStore, RoomClaim, RoomKey } from './ClusterStore.ts';
import type { RoomPlaces } from './RoomPlaces.ts';

/** A claim ends by itself so long after its node, or its Redis, forgot it. */
const ROOM_TTL_MS = 60_000;

/** Claims are written again so often; what a lost Redis forgot is written as soon as that is seen. */
const CLAIM_AGAIN_MS = 20_000;

/** Where the store was away. */
const RETRY_MS = 100;

export interface RoomHoldersOptions {
  store: ClusterStore;
  nodeId: string;
  /** The store knows who has what. */
  settled: () => boolean;
  /** Nodes whose rooms are free to be opened elsewhere. */
  leaving: () => string[];
}

/** Which nodes have which room, by the claims that stand in the store. */
export class RoomHolders implements RoomPlaces {
  readonly #options: RoomHoldersOptions;
  /** Of this node. */
  readonly #own = new Map<string, { room: RoomKey; carried: CarriedRoom }>();
  /** Of rooms that this node has no more. */
  readonly #releasing = new Map<string, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;
  readonly #onShared: ((room: RoomKey, others: string[]) => void)[] = [];
  #closed = false;

  constructor(options: RoomHoldersOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.claimAgain(), CLAIM_AGAIN_MS);
  }

  onShared(callback: (room: RoomKey, others: string[]) => void): void {
    this.#onShared.push(callback);
  }

  async claim(room: RoomKey, nodeId: string, carried?: CarriedRoom): Promise<RoomPlace> {
    const own = carried && withRoomTtl(carried);
    if (this.#options.settled()) return this.#claim(room, nodeId, { beside: false, carried: own });
    const place = await this.find(room);
    return place.holders.length === 0 ? this.#claim(room, nodeId, { beside: false, carried: own }) : place;
  }

  /** @throws clusterUnavailable */
  async #claim(room: RoomKey, nodeId: string, claim: Pick<RoomClaim, 'beside' | 'carried'>): Promise<RoomPlace> {
    const { store, nodeId: asker, leaving } = this.#options;
    const place = await store.claimRoom(room, { asker, nodeId, ttlMs: ROOM_TTL_MS, leaving: leaving(), ...claim });
    if (!place) throw new ChaxiError('clusterUnavailable');
    return place;
  }

  async find(room: RoomKey): Promise<RoomPlace> {
    const place = await this.#options.store.findRoom(room);
    // Those that have it may not have claimed it again yet.
    if (place.holders.length === 0 && !this.#options.settled()) throw new ChaxiError('clusterUnavailable');
    return place;
  }

  keep(room: RoomKey, ofRoom: CarriedRoom): void {
    const carried = withRoomTtl(ofRoom);
    this.#own.set(JSON.stringify(room), { room, carried });
    this.#claimAgain(room, carried).catch(() => this.#claimLater());
  }

  release(room: RoomKey, settingsStay = false): void {
    const { store, nodeId, leaving } = this.#options;
    const key = JSON.stringify(room);
    this.#own.delete(key);
    // Where the store is away the claim ends by itself.
    const releasing = store
      .releaseRoom(room, nodeId, settingsStay || leaving().includes(nodeId))
      .catch(() => {})
      .finally(() => {
        if (this.#releasing.get(key) === releasing) this.#releasing.delete(key);
      });
    this.#releasing.set(key, releasing);
  }

  async released(room: RoomKey): Promise<void> {
    await this.#releasing.get(JSON.stringify(room));
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
    const { holders } = await this.#claim(room, nodeId, { beside: true, carried });
    if (this.#closed) return;
    // Released while it was claimed again.
    if (!this.#own.has(JSON.stringify(room))) return this.release(room);
    const others = holders.filter((holder) => holder !== nodeId);
    for (const callback of this.#onShared) callback(room, others);
  }
}

/** Settings stay for as long as the claim, and then for as long as the room may be empty. */
function withRoomTtl({ settings, ttlMs }: CarriedRoom): CarriedRoom {
  return { settings, ttlMs: ROOM_TTL_MS + ttlMs };
}
