import type { types } from 'mediasoup';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { chooseRouter } from './placement.ts';
import { RoomRouter } from './RoomRouter.ts';
import type { WorkerPool } from './WorkerPool.ts';

export interface RoomRoutersOptions {
  pool: WorkerPool;
  codecs: types.RouterRtpCodecCapability[];
  /** Producers and consumers on one router before the room opens another. */
  routerCapacity: number;
  onSpeakersChanged: (producerIds: string[]) => void;
}

/** The routers of one room: one while it is small, up to one a worker when it grows. Made when first needed. */
export class RoomRouters {
  readonly #options: RoomRoutersOptions;
  readonly #routers = new Set<RoomRouter>();
  /** Speakers of each router, loudest first. */
  readonly #speakers = new Map<RoomRouter, string[]>();
  #assigning: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: RoomRoutersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#routers.size;
  }

  /** The router for one more participant. @throws mediaUnavailable */
  assign(): Promise<RoomRouter> {
    // One after another, so that two who come at once do not open a router each.
    const result = this.#assigning.then(() => this.#assign());
    this.#assigning = result.catch(() => {});
    return result;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const router of this.#routers) router.close();
    this.#routers.clear();
    this.#speakers.clear();
  }

  async #assign(): Promise<RoomRouter> {
    const { pool, codecs, routerCapacity } = this.#options;
    const routers = [...this.#routers].filter((router) => !router.closed);
    const used = new Set(routers.map((router) => router.worker));
    const choice =
      routers.length === 0
        ? { createOn: await pool.acquire() }
        : chooseRouter({
            routers,
            unusedWorkers: pool.workers.filter((worker) => !used.has(worker)),
            routerCapacity,
          });
    if (this.#closed) throw new ChaxiError('roomClosed');
    if (!choice) throw new ChaxiError('mediaUnavailable');
    if ('use' in choice) return choice.use;
    const router = await RoomRouter.create(choice.createOn, codecs).catch((cause: unknown) => {
      throw new ChaxiError('mediaUnavailable', { cause });
    });
    if (this.#closed) {
      router.close();
      throw new ChaxiError('roomClosed');
    }
    this.#routers.add(router);
    router.on('died', () => {
      this.#routers.delete(router);
      this.#setSpeakers(router, []);
    });
    router.on('speakersChanged', (producerIds) => this.#setSpeakers(router, producerIds));
    return router;
  }

  #setSpeakers(router: RoomRouter, producerIds: string[]): void {
    if (producerIds.length > 0) this.#speakers.set(router, producerIds);
    else this.#speakers.delete(router);
    this.#options.onSpeakersChanged([...this.#speakers.values()].flat());
  }
}
