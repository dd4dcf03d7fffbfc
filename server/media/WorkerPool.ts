import { EventEmitter } from 'node:events';
import { networkInterfaces, availableParallelism } from 'node:os';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';
import { listenInfos, machineAddresses } from './listenAddresses.ts';
import { MediaWorker } from './MediaWorker.ts';
import { leastLoaded } from './placement.ts';
import { respawnDelayMs } from './respawnDelay.ts';

interface WorkerPoolEvents {
  /** A worker process ended by itself. Its routers have told their owners before. */
  workerDied: [worker: MediaWorker];
  /** The replacement of a dead worker runs. */
  workerReplaced: [worker: MediaWorker];
}

/** How long someone who needs a worker waits for a replacement when none runs. */
const WORKER_WAIT_MS = 5_000;

/** One worker a core. A worker that dies is replaced on the same ports. */
export class WorkerPool extends EventEmitter<WorkerPoolEvents> {
  readonly #config: Config['media'];
  readonly #workerBin: string;
  readonly #logger: Logger;
  readonly #addresses: string[];
  readonly #workers = new Map<number, MediaWorker>();
  readonly #respawns = new Set<NodeJS.Timeout>();
  /** Times of recent deaths, by worker index. */
  readonly #deaths = new Map<number, number[]>();
  #closed = false;

  static async create(options: { config: Config['media']; workerBin: string; logger: Logger }): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const count = options.config.workers || availableParallelism();
    try {
      await Promise.all(Array.from({ length: count }, (_, index) => pool.#spawn(index)));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  private constructor({ config, workerBin, logger }: { config: Config['media']; workerBin: string; logger: Logger }) {
    super();
    this.setMaxListeners(0);
    this.#config = config;
    this.#workerBin = workerBin;
    this.#logger = logger;
    this.#addresses = config.listenIps.length > 0 ? config.listenIps : machineAddresses(networkInterfaces());
  }

  /** Those that run. A dead one leaves this list before its routers tell that they are gone. */
  get workers(): MediaWorker[] {
    return [...this.#workers.values()].filter((worker) => !worker.closed);
  }

  /** The least loaded worker. Waits for a replacement where all have died. @throws mediaUnavailable */
  async acquire(): Promise<MediaWorker> {
    if (this.workers.length === 0 && !this.#closed) await this.#replacement();
    const worker = leastLoaded(this.workers);
    if (!worker) throw new ChaxiError('mediaUnavailable');
    return worker;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#respawns) clearTimeout(timer);
    const exits = this.workers.map(
      (worker) =>
        new Promise<void>((resolve) => {
          worker.onExited(resolve);
          worker.close();
        }),
    );
    this.#workers.clear();
    await Promise.all(exits);
  }

  async #spawn(index: number): Promise<void> {
    const { basePort, announcedAddress } = this.#config;
    const worker = await MediaWorker.create({
      index,
      workerBin: this.#workerBin,
      listenInfos: listenInfos({
        addresses: this.#addresses,
        announcedAddress,
        port: basePort === 0 ? 0 : basePort + index,
      }),
    });
    if (this.#closed) return worker.close();
    this.#workers.set(index, worker);
    worker.onDied((error) => this.#handleDeath(worker, error));
    this.#logger.info('media worker runs', { worker: index, pid: worker.pid });
  }

  #handleDeath(worker: MediaWorker, error: Error): void {
    this.#workers.delete(worker.index);
    const deaths = [...(this.#deaths.get(worker.index) ?? []), Date.now()].slice(-10);
    this.#deaths.set(worker.index, deaths);
    this.#logger.error('media worker died', { worker: worker.index, pid: worker.pid, error: error.message });
    this.emit('workerDied', worker);
    if (!this.#closed) this.#respawn(worker.index);
  }

  #respawn(index: number): void {
    const delayMs = respawnDelayMs(this.#deaths.get(index) ?? [], Date.now());
    const timer = setTimeout(() => {
      this.#respawns.delete(timer);
      this.#spawn(index).then(
        () => {
          const worker = this.#workers.get(index);
          if (worker) this.emit('workerReplaced', worker);
        },
        (error: unknown) => {
          this.#deaths.get(index)?.push(Date.now());
          this.#logger.error('media worker does not start', { worker: index, error: String(error) });
          if (!this.#closed) this.#respawn(index);
        },
      );
    }, delayMs);
    this.#respawns.add(timer);
  }

  #replacement(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.off('workerReplaced', done);
        resolve();
      };
      const timer = setTimeout(done, WORKER_WAIT_MS);
      this.on('workerReplaced', done);
    });
  }
}
