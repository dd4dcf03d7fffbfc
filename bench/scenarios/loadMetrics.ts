import { single } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';

/** A window with this many consumers. What was not seen is null: the canary's latency without a frame, the processes of a server elsewhere. */
export type LoadSample = {
  consumers: number;
  /** A step whose first window is broken has a second one: what else the machine does now and then is not the load. */
  window: 1 | 2;
  /** Consumers that were connected at the end. */
  connected: number;
  canaryP50Ms: number | null;
  canaryP95Ms: number | null;
  /** Share of the canary's frames that were decoded. */
  canaryFrames: number;
  /** Share of the packets that the clients should have got. */
  delivered: number;
  packetsPerSecond: number;
  bitsPerSecond: number;
  /** Cores. */
  workerCpu: number | null;
  nodeCpu: number | null;
  clientsCpu: number;
  chromiumCpu: number;
  workerBytes: number | null;
  nodeBytes: number | null;
  broken: string | null;
};

/** One-way delay that conversations bear without harm (ITU-T G.114). */
const MAX_P95_MS = 150;
const MIN_FRAMES = 0.95;
const MIN_DELIVERED = 0.98;

/** Why the load is too much; null while it is not. */
export function whatBroke({
  consumers,
  connected,
  canaryP95Ms,
  canaryFrames,
  delivered,
}: Pick<LoadSample, 'consumers' | 'connected' | 'canaryP95Ms' | 'canaryFrames' | 'delivered'>): string | null {
  if (connected < consumers) return `only ${connected} of ${consumers} consumers are connected`;
  if (canaryP95Ms === null) return 'the canary sees nothing';
  if (canaryP95Ms > MAX_P95_MS) return `the canary's latency is above ${MAX_P95_MS} ms`;
  if (canaryFrames < MIN_FRAMES) return `the canary sees less than ${MIN_FRAMES * 100} % of the frames`;
  if (delivered < MIN_DELIVERED) return `the clients get less than ${MIN_DELIVERED * 100} % of the packets`;
  return null;
}

/**
 * What the last step that held carried, and what it cost. `n` is the number of steps; those of `plannedSteps` that a broken one
 * made needless count too, for they would have been broken as well.
 */
export function loadMetrics(samples: readonly LoadSample[], plannedSteps: number): Metrics {
  const most = samples.findLast(({ broken }) => broken === null);
  const last = samples.at(-1);
  const ended = last !== undefined && last.broken !== null && last.window === 2;
  const n = ended ? plannedSteps : new Set(samples.map(({ consumers }) => consumers)).size;
  if (!most || most.consumers === 0) {
    if (!ended) return {};
    return {
      consumersHeld: single('consumers', 0, n),
      ...(samples.some(({ workerCpu }) => workerCpu !== null) && { consumersPerCore: single('consumers', 0, n) }),
    };
  }
  return {
    consumersHeld: single('consumers', most.consumers, n),
    'cpu.clients': single('cores', most.clientsCpu, n),
    'cpu.chromium': single('cores', most.chromiumCpu, n),
    packets: single('packets/s', most.packetsPerSecond, n),
    bits: single('bps', most.bitsPerSecond, n),
    ...(most.canaryP95Ms !== null && { 'canary.p95': single('ms', most.canaryP95Ms, n) }),
    'canary.frames': single('share', most.canaryFrames, n),
    ...costs(most, samples[0]!, n),
  };
}

/** Of the server's processes, where they can be seen. */
function costs({ consumers, workerCpu, nodeCpu, workerBytes, nodeBytes }: LoadSample, empty: LoadSample, n: number) {
  const metrics: Metrics = {};
  if (workerCpu !== null && workerCpu > 0 && nodeCpu !== null) {
    metrics.consumersPerCore = single('consumers', consumers / workerCpu, n);
    metrics.nodeShareOfWorker = single('share', nodeCpu / workerCpu, n);
    metrics['cpu.worker'] = single('cores', workerCpu, n);
    metrics['cpu.node'] = single('cores', nodeCpu, n);
  }
  const perParticipant = (bytes: number, before: number) =>
    single('bytes/participant', (bytes - before) / consumers, n);
  if (workerBytes !== null && empty.workerBytes !== null) {
    metrics['memory.worker'] = perParticipant(workerBytes, empty.workerBytes);
  }
  if (nodeBytes !== null && empty.nodeBytes !== null) {
    metrics['memory.node'] = perParticipant(nodeBytes, empty.nodeBytes);
  }
  return metrics;
}
