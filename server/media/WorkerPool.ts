import { EventEmitter } from 'node:events';
import { networkInterfaces, availableParallelism } from 'node:os';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';
import { REMEMBERED_DEATHS, respawnDelayMs } from '../base/respawnDelay.ts';
import { explainStart } from './explainStart.ts';
import { listenInfos, machineAddresses } from './listenAddresses.ts';
import { MediaWorker } from './MediaWorker.ts';
import { leastLoaded } from './placement.ts';

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
  readonly #workers = new Map<number, MediaWorker>();
  readonly #respawns = new Set<NodeJS.Timeout>();
  /** Times of recent deaths, by worker index. */
  readonly #deaths = new Map<number, number[]>();
  readonly #spawning = new Set<Promise<void>>();
  /** Those who wait for a worker; each ends the wait of one. */
  readonly #waiting = new Set<() => void>();
  #closed = false;

  static async create(options: { config: Config['media']; workerBin: string; logger: Logger }): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const count = options.config.workers || availableParallelism();
    const started = await Promise.allSettled(Array.from({ length: count }, (_, index) => pool.#spawn(index)));
    const failure = started.find((result) => result.status === 'rejected');
    if (failure) {
      await pool.close();
      throw new Error(explainStart(failure.reason), { cause: failure.reason });
    }
    return pool;
  }

  private constructor({ config, workerBin, logger }: { config: Config['media']; workerBin: string; logger: Logger }) {
    super();
    this.setMaxListeners(0);
    this.#config = config;
    this.#workerBin = workerBin;
    this.#logger = logger;
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

  /** Resolves when every process has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#respawns) clearTimeout(timer);
    this.#respawns.clear();
    for (const endWait of this.#waiting) endWait();
    const exits = this.workers.map(exit);
    this.#workers.clear();
    await Promise.allSettled([...exits, ...this.#spawning]);
  }

  #spawn(index: number): Promise<void> {
    const spawning = this.#start(index).finally(() => this.#spawning.delete(spawning));
    this.#spawning.add(spawning);
    return spawning;
  }

  async #start(index: number): Promise<void> {
    const { basePort, announcedAddress, listenIps } = this.#config;
    const worker = await MediaWorker.create({
      index,
      workerBin: this.#workerBin,
      listenInfos: listenInfos({
        configured: listenIps,
        machine: machineAddresses(networkInterfaces()),
        announcedAddress,
        port: basePort === 0 ? 0 : basePort + index,
      }),
    });
    if (this.#closed) return exit(worker);
    this.#workers.set(index, worker);
    worker.onDied((error) => this.#handleDeath(worker, error));
    this.#logger.info('media worker runs', { worker: index, pid: worker.pid });
  }

  #handleDeath(worker: MediaWorker, error: Error): void {
    this.#workers.delete(worker.index);
    this.#noteDeath(worker.index);
    this.#logger.error('media worker died', { worker: worker.index, pid: worker.pid, error: error.message });
    this.emit('workerDied', worker);
    if (!this.#closed) this.#respawn(worker.index);
  }

  #noteDeath(index: number): void {
    this.#deaths.set(index, [...(this.#deaths.get(index) ?? []), Date.now()].slice(-REMEMBERED_DEATHS));
  }

  #respawn(index: number): void {
    const delayMs = respawnDelayMs(this.#deaths.get(index) ?? [], Date.now());
    const timer = setTimeout(() => {
      this.#respawns.delete(timer);
      this.#spawn(index).then(
        () => {
          const worker = this.#workers.get(index);
          if (!worker) return;
          for (const endWait of this.#waiting) endWait();
          this.emit('workerReplaced', worker);
        },
        (error: unknown) => {
          if (this.#closed) return;
          this.#noteDeath(index);
          this.#logger.error('no media worker in place of a dead one', { worker: index, error: explainStart(error) });
          this.#respawn(index);
        },
      );
    }, delayMs);
    this.#respawns.add(timer);
  }

  #replacement(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, WORKER_WAIT_MS);
      this.#waiting.add(done);
    });
  }
}

/** Closes a worker and waits for the end of its process. */
function exit(worker: MediaWorker): Promise<void> {
  return new Promise((resolve) => {
    worker.onExited(resolve);
    worker.close();
  });
}
