import { createWorker, type types } from 'mediasoup';
import type { PipeTarget } from '../base/Metrics.ts';

/** Tells when a producer or a consumer closes. */
export interface CloseObserver {
  once(event: 'close', listener: () => void): unknown;
}

export interface MediaWorkerOptions {
  index: number;
  workerBin: string;
  listenInfos: types.TransportListenInfo[];
}

/** Marks the transport of a pipe that leads to another node. */
export const TO_NODE = { pipeTarget: 'node' } as const;

/** One mediasoup-worker process with its WebRtcServer, and a count of what it carries. */
export class MediaWorker {
  readonly index: number;
  readonly #worker: types.Worker;
  readonly #webRtcServer: types.WebRtcServer;
  #load = 0;
  readonly #pipes: Record<PipeTarget, number> = { worker: 0, node: 0 };
  readonly #pipeConsumers: Record<PipeTarget, number> = { worker: 0, node: 0 };

  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await withoutSignalListeners(() => createWorker({ workerBin: options.workerBin, logLevel: 'warn' }));
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: options.listenInfos });
      return new MediaWorker(options.index, worker, webRtcServer);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  private constructor(index: number, worker: types.Worker, webRtcServer: types.WebRtcServer) {
    this.index = index;
    this.#worker = worker;
    this.#webRtcServer = webRtcServer;
    worker.observer.on('newrouter', (router) => router.observer.on('newtransport', (t) => this.#count(t)));
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get closed(): boolean {
    return this.#worker.closed;
  }

  /** Producers and consumers on this worker, pipes included. */
  get load(): number {
    return this.#load;
  }

  /** Ends of pipes on this worker, by where they lead. */
  get pipes(): Readonly<Record<PipeTarget, number>> {
    return { ...this.#pipes };
  }

  /** Producers that leave this worker through a pipe, by where that leads. */
  get pipeConsumers(): Readonly<Record<PipeTarget, number>> {
    return { ...this.#pipeConsumers };
  }

  get webRtcServer(): types.WebRtcServer {
    return this.#webRtcServer;
  }

  /** Calls back once when the process ends without having been closed. */
  onDied(callback: (error: Error) => void): void {
    this.#worker.once('died', callback);
  }

  /** Calls back once when the process has ended, however that came. */
  onExited(callback: () => void): void {
    if (this.#worker.subprocessClosed) callback();
    else this.#worker.once('subprocessclose', callback);
  }

  createRouter(mediaCodecs: types.RouterRtpCodecCapability[]): Promise<types.Router> {
    return this.#worker.createRouter({ mediaCodecs });
  }

  /** CPU time since the start and the largest memory use so far, as getrusage(2) gives them. */
  async resourceUsage(): Promise<{ cpuSeconds: number; maxResidentBytes: number }> {
    const usage = await this.#worker.getResourceUsage();
    return { cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000, maxResidentBytes: usage.ru_maxrss * 1024 };
  }

  dump(): Promise<types.WorkerDump> {
    return this.#worker.dump();
  }

  close(): void {
    this.#worker.close();
  }

  #count(transport: types.Transport): void {
    const isPipe = transport.type === 'pipe';
    const target = transport.appData.pipeTarget === TO_NODE.pipeTarget ? 'node' : 'worker';
    const count = (observer: CloseObserver, add: (step: 1 | -1) => void) => {
      add(1);
      observer.once('close', () => add(-1));
    };
    const addLoad = (step: 1 | -1) => (this.#load += step);
    if (isPipe) count(transport.observer, (step) => (this.#pipes[target] += step));
    transport.observer.on('newproducer', ({ observer }) => count(observer, addLoad));
    transport.observer.on('newconsumer', ({ observer }) => {
      count(observer, addLoad);
      if (isPipe) count(observer, (step) => (this.#pipeConsumers[target] += step));
    });
  }
}

/**
 * mediasoup closes each worker by itself at SIGINT and SIGTERM, before anyone in its rooms could be told why. When they
 * close is for the server to say, so the listeners that a call adds to the process are taken away again.
 */
function withoutSignalListeners<T>(call: () => T): T {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = signals.map((signal) => process.listeners(signal));
  const result = call();
  signals.forEach((signal, index) => {
    const added = process.listeners(signal).filter((listener) => !before[index]?.includes(listener));
    for (const listener of added) process.off(signal, listener);
  });
  return result;
}
