import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { Role, Source } from '../../protocol/grants.ts';
import type { NetworkReport } from '../../protocol/networkReport.ts';
import type { ConnectionQuality, QualityReason } from '../../protocol/participants.ts';
import type { ClientNotificationData, Stage } from '../../protocol/signaling.ts';

/** Where a pipe leads: to another worker of this node, or to another node. */
export type PipeTarget = (typeof pipeTargets)[number];
const pipeTargets = ['worker', 'node'] as const;

/** What the server holds at the moment of a scrape. */
export interface MetricsSample {
  rooms: number;
  /** Of the cluster, this one too, as far as this one knows. */
  nodes: number;
  participants: { role: Role; stage: Stage; count: number }[];
  /** Of those in a room. */
  networks: { quality: ConnectionQuality; reason: QualityReason | 'none'; count: number }[];
  producers: { kind: 'audio' | 'video'; source: Source; count: number }[];
  consumers: { kind: 'audio' | 'video'; count: number }[];
  /** Received from publishers. */
  incomingBitrateBps: number;
  /** Sent to subscribers. */
  outgoingBitrateBps: number;
  /** Connected for messages. */
  messagingSockets: number;
  /** `worker` is a stable name such as its index. */
  workers: {
    worker: string;
    cpuSeconds: number;
    residentBytes: number;
    pipes: Record<PipeTarget, number>;
    pipeConsumers: Record<PipeTarget, number>;
  }[];
}

/** From the click, as the page measured them. */
export const joinStages = ['socket', 'answer', 'ice', 'dtls', 'firstFrame'] as const;

const JOIN_BUCKETS_SECONDS = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 5];

const STILL_BUCKETS_SECONDS = [0.25, 0.5, 1, 2, 3, 5, 10, 20, 30];

const SEND_BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 3];

const ROUND_TRIP_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1, 2];

const LOSS_BUCKETS = [0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1];

let processRegistry: Registry | null = null;

/** Process metrics belong to the process: made once, however many servers it holds, for their observers never end. */
function sharedProcessRegistry(): Registry {
  if (processRegistry === null) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}

/** The metrics of one server, each instance with a registry of its own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];
  readonly #errors = new Counter({
    name: 'chaxi_errors_total',
    help: 'Errors answered to clients, by code of docs/errors.md',
    labelNames: ['code'],
    registers: this.#registers,
  });
  readonly #workersDied = new Counter({
    name: 'chaxi_workers_died_total',
    help: 'Media workers that ended without being asked to',
    registers: this.#registers,
  });
  readonly #joinStage = new Histogram({
    name: 'chaxi_join_stage_seconds',
    help: 'Seconds from the click to each stage of a join, as pages measured them',
    labelNames: ['stage', 'start'],
    buckets: JOIN_BUCKETS_SECONDS,
    registers: this.#registers,
  });
  readonly #stillTime = new Histogram({
    name: 'chaxi_still_seconds',
    help: 'Seconds from the request of a still until it was kept or failed; the result is `kept` or a code of docs/errors.md',
    labelNames: ['result'],
    buckets: STILL_BUCKETS_SECONDS,
    registers: this.#registers,
  });
  readonly #messages = new Counter({
    name: 'chaxi_messages_stored_total',
    help: 'Messages that were stored',
    registers: this.#registers,
  });
  readonly #deliveries = new Counter({
    name: 'chaxi_message_deliveries_total',
    help: 'New and changed messages handed to sockets of this node, one for each socket',
    registers: this.#registers,
  });
  readonly #sendTime = new Histogram({
    name: 'chaxi_message_send_seconds',
    help: 'Seconds from the request to send messages until they were stored',
    buckets: SEND_BUCKETS_SECONDS,
    registers: this.#registers,
  });
  readonly #messagingSockets = new Gauge({
    name: 'chaxi_messaging_sockets',
    help: 'Pages that are connected for messages',
    registers: this.#registers,
  });
  readonly #roundTrip = new Histogram({
    name: 'chaxi_network_round_trip_seconds',
    help: 'Round trips of media between pages and server, as each page reports its longest every other second',
    buckets: ROUND_TRIP_BUCKETS_SECONDS,
    registers: this.#registers,
  });
  readonly #loss = new Histogram({
    name: 'chaxi_network_loss_ratio',
    help: 'Share of packets that pages miss (down) or the server misses of them (up), as pages report it every other second',
    labelNames: ['direction'],
    buckets: LOSS_BUCKETS,
    registers: this.#registers,
  });
  readonly #networks = new Gauge({
    name: 'chaxi_networks',
    help: 'People in rooms, by the quality of their network and what it suffers from',
    labelNames: ['quality', 'reason'],
    registers: this.#registers,
  });
  readonly #rooms = new Gauge({ name: 'chaxi_rooms', help: 'Open rooms', registers: this.#registers });
  readonly #nodes = new Gauge({
    name: 'chaxi_cluster_nodes',
    help: 'Nodes of the cluster that this one knows of, itself included',
    registers: this.#registers,
  });
  readonly #participants = new Gauge({
    name: 'chaxi_participants',
    help: 'Sessions, by role and by stage: prepared, lobby or joined',
    labelNames: ['role', 'stage'],
    registers: this.#registers,
  });
  readonly #producers = new Gauge({
    name: 'chaxi_producers',
    help: 'Published tracks',
    labelNames: ['kind', 'source'],
    registers: this.#registers,
  });
  readonly #consumers = new Gauge({
    name: 'chaxi_consumers',
    help: 'Subscriptions to tracks',
    labelNames: ['kind'],
    registers: this.#registers,
  });
  readonly #bitrate = new Gauge({
    name: 'chaxi_media_bitrate_bits_per_second',
    help: 'Bits a second received from publishers (in) and sent to subscribers (out)',
    labelNames: ['direction'],
    registers: this.#registers,
  });
  readonly #workerCpu = new Counter({
    name: 'chaxi_worker_cpu_seconds_total',
    help: 'Processor seconds, user and system, of each media worker since it started',
    labelNames: ['worker'],
    registers: this.#registers,
  });
  readonly #workerMemory = new Gauge({
    name: 'chaxi_worker_resident_memory_max_bytes',
    help: 'Largest resident memory so far of each media worker',
    labelNames: ['worker'],
    registers: this.#registers,
  });
  readonly #pipes = new Gauge({
    name: 'chaxi_pipes',
    help: 'Ends of pipes to another worker of this node or to another node',
    labelNames: ['worker', 'to'],
    registers: this.#registers,
  });
  readonly #pipeConsumers = new Gauge({
    name: 'chaxi_pipe_consumers',
    help: 'Published tracks that a worker sends through pipes to another worker of this node or to another node',
    labelNames: ['worker', 'to'],
    registers: this.#registers,
  });
  #collector: (() => Promise<MetricsSample>) | null = null;

  /** Who is asked for a sample at each scrape. */
  setCollector(collector: () => Promise<MetricsSample>): void {
    this.#collector = collector;
  }

  countError(code: ErrorCode): void {
    this.#errors.inc({ code });
  }

  countWorkerDied(): void {
    this.#workersDied.inc();
  }

  /** Takes what a page measured; a stage that it did not reach is left out. */
  observeJoin(timing: ClientNotificationData<'joinTiming'>): void {
    for (const stage of joinStages) {
      const elapsedMs = timing[`${stage}Ms`];
      if (elapsedMs !== undefined) this.#joinStage.observe({ stage, start: timing.start }, elapsedMs / 1_000);
    }
  }

  /** Takes what a page reported of its network. */
  observeNetwork({ up, down }: NetworkReport): void {
    const roundTripMs = Math.max(up?.roundTripTimeMs ?? -1, down?.roundTripTimeMs ?? -1);
    if (roundTripMs >= 0) this.#roundTrip.observe(roundTripMs / 1_000);
    if (up?.lossRatio !== undefined) this.#loss.observe({ direction: 'up' }, up.lossRatio);
    if (down?.lossRatio !== undefined) this.#loss.observe({ direction: 'down' }, down.lossRatio);
  }

  observeStill(result: 'kept' | ErrorCode, elapsedMs: number): void {
    this.#stillTime.observe({ result }, elapsedMs / 1_000);
  }

  countMessages(count: number): void {
    this.#messages.inc(count);
  }

  countDeliveries(count: number): void {
    this.#deliveries.inc(count);
  }

  observeSend(elapsedMs: number): void {
    this.#sendTime.observe(elapsedMs / 1_000);
  }

  /** The text of a scrape, in Prometheus' exposition format. Rejects when the collector does. */
  async render(): Promise<{ contentType: string; text: string }> {
    const sample = await this.#collector?.();
    if (sample !== undefined) {
      this.#fill(sample);
    }
    const [own, ofProcess] = await Promise.all([this.#registry.metrics(), sharedProcessRegistry().metrics()]);
    return { contentType: this.#registry.contentType, text: `${own}\n${ofProcess}` };
  }

  /** What is not in the sample is gone; without the reset its last value would stay. */
  #fill(sample: MetricsSample): void {
    const ofPeople = [this.#participants, this.#networks, this.#producers, this.#consumers];
    const ofWorkers = [this.#workerCpu, this.#workerMemory, this.#pipes, this.#pipeConsumers];
    for (const metric of [...ofPeople, ...ofWorkers]) metric.reset();
    this.#rooms.set(sample.rooms);
    this.#nodes.set(sample.nodes);
    this.#messagingSockets.set(sample.messagingSockets);
    this.#bitrate.set({ direction: 'in' }, sample.incomingBitrateBps);
    this.#bitrate.set({ direction: 'out' }, sample.outgoingBitrateBps);
    for (const { role, stage, count } of sample.participants) {
      this.#participants.inc({ role, stage }, count);
    }
    for (const { quality, reason, count } of sample.networks) {
      this.#networks.inc({ quality, reason }, count);
    }
    for (const { kind, source, count } of sample.producers) {
      this.#producers.inc({ kind, source }, count);
    }
    for (const { kind, count } of sample.consumers) {
      this.#consumers.inc({ kind }, count);
    }
    for (const { worker, cpuSeconds, residentBytes, pipes, pipeConsumers } of sample.workers) {
      this.#workerCpu.inc({ worker }, cpuSeconds);
      this.#workerMemory.set({ worker }, residentBytes);
      for (const to of pipeTargets) {
        this.#pipes.set({ worker, to }, pipes[to]);
        this.#pipeConsumers.set({ worker, to }, pipeConsumers[to]);
      }
    }
  }
}
