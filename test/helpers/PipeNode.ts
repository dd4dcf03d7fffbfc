import { configSchema, type Config } from '../../config/schema.ts';
import { codecNames } from '../../protocol/mediaCodecs.ts';
import { findWorkerBin } from '../../scripts/worker/locate.mjs';
import { Bus } from '../../server/cluster/Bus.ts';
import type { ClusterStore, RoomKey } from '../../server/cluster/ClusterStore.ts';
import { NodePipes } from '../../server/media/NodePipes.ts';
import type { RemoteProducer } from '../../server/media/pipes/EntryPipes.ts';
import type { OwnProducer } from '../../server/media/pipes/OriginPipes.ts';
import { RoomRouter } from '../../server/media/RoomRouter.ts';
import { routerCodecs } from '../../server/media/routerCapabilities.ts';
import { WorkerPool } from '../../server/media/WorkerPool.ts';
import { DirectVideo } from './DirectVideo.ts';
import { recordLog } from './recordLog.ts';

export interface PipeRequest {
  ask: string;
  [field: string]: unknown;
}

/** What of a node has to do with pipes: workers, the bus, and one room's producers. */
export class PipeNode {
  readonly nodeId: string;
  readonly room: RoomKey = { tenant: 'shop', room: 'tea' };
  readonly pool: WorkerPool;
  readonly pipes: NodePipes;
  readonly log: ReturnType<typeof recordLog>;
  /** Requests that left this node. */
  readonly asked: PipeRequest[] = [];
  /** Stands between this node and the bus. */
  intercept: (request: PipeRequest, pass: () => Promise<unknown>) => Promise<unknown> = (_request, pass) => pass();
  /** Of the bus, also to requests whose answers somebody keeps back. */
  readonly #answers: Promise<unknown>[] = [];
  readonly #bus: Bus;
  readonly #own = new Map<string, OwnProducer>();
  readonly #routers = new Set<RoomRouter>();

  static async start(nodeId: string, store: ClusterStore, media: Partial<Config['media']> = {}): Promise<PipeNode> {
    const log = recordLog();
    const { logger } = log;
    const config = configSchema.parse({ media: { workers: 2, basePort: 0, listenIps: ['127.0.0.1'], ...media } }).media;
    const pool = await WorkerPool.create({ config, workerBin: findWorkerBin() ?? '', logger });
    return new PipeNode({ nodeId, config, pool, bus: await Bus.open({ ownId: nodeId, store, logger }), log });
  }

  private constructor(parts: {
    nodeId: string;
    config: Config['media'];
    pool: WorkerPool;
    bus: Bus;
    log: ReturnType<typeof recordLog>;
  }) {
    const { nodeId, config, pool, bus, log } = parts;
    this.nodeId = nodeId;
    this.pool = pool;
    this.log = log;
    this.#bus = bus;
    this.pipes = new NodePipes({
      bus: {
        handle: (method, handler) => bus.handle(method, handler),
        request: (to, method, data) => {
          this.asked.push(data as PipeRequest);
          return this.intercept(data as PipeRequest, () => {
            const answer = bus.request(to, method, data);
            this.#answers.push(answer);
            return answer;
          });
        },
      },
      config,
      logger: log.logger,
      findProducer: ({ tenant, room }, producerId) =>
        tenant === this.room.tenant && room === this.room.room ? this.#own.get(producerId) : undefined,
    });
  }

  async openRouter(worker = 0): Promise<RoomRouter> {
    const router = await RoomRouter.create(this.pool.workers[worker]!, routerCodecs(codecNames));
    this.#routers.add(router);
    return router;
  }

  async publish(router: RoomRouter, options?: Parameters<typeof DirectVideo.open>[1]): Promise<DirectVideo> {
    const video = await DirectVideo.open(router.router, options);
    this.#own.set(video.producer.id, { producer: video.producer, router });
    video.producer.observer.once('close', () => this.#own.delete(video.producer.id));
    return video;
  }

  /** What another node knows of a producer of this one. */
  addressOf({ producer }: DirectVideo): RemoteProducer {
    const routerId = this.#own.get(producer.id)?.router.router.id ?? '';
    return { nodeId: this.nodeId, room: this.room, routerId, producerId: producer.id };
  }

  /** Ends of pipes to other nodes on this one, and what leaves through them. */
  get counts(): { pipes: number; consumers: number } {
    return {
      pipes: this.pool.workers.reduce((sum, { pipes }) => sum + pipes.node, 0),
      consumers: this.pool.workers.reduce((sum, { pipeConsumers }) => sum + pipeConsumers.node, 0),
    };
  }

  /** Requests of one kind that left this node. */
  askedFor(ask: string): PipeRequest[] {
    return this.asked.filter((request) => request.ask === ask);
  }

  /** Waits until every request so far has been answered. */
  async untilAnswered(): Promise<void> {
    while (this.#answers.length > 0) await Promise.allSettled(this.#answers.splice(0));
  }

  /** Ends the routers of a test. */
  clear(): void {
    for (const router of this.#routers) router.close();
    this.#routers.clear();
    this.#own.clear();
    this.asked.length = 0;
    this.intercept = (_request, pass) => pass();
  }

  async close(): Promise<void> {
    this.clear();
    this.pipes.close();
    await this.#bus.close();
    await this.pool.close();
  }
}
