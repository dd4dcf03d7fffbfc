import { single } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';

/** One step of the load: a window with this many consumers. */
export type LoadSample = {
  consumers: number;
  canaryP50Ms: number;
  canaryP95Ms: number;
  /** Share of the canary's frames that were decoded. */
  canaryFrames: number;
  /** Share of the packets that the clients should have got. */
  delivered: number;
  packetsPerSecond: number;
  bitsPerSecond: number;
  /** Cores. */
  workerCpu: number;
  nodeCpu: number;
  clientsCpu: number;
  chromiumCpu: number;
  workerBytes: number;
  nodeBytes: number;
  broken: string | null;
};

/** One-way delay that conversations bear without harm (ITU-T G.114). */
const MAX_P95_MS = 150;
const MIN_FRAMES = 0.95;
const MIN_DELIVERED = 0.98;

/** Why the load is too much; null while it is not. */
export function whatBroke({
  canaryP95Ms,
  canaryFrames,
  delivered,
}: Pick<LoadSample, 'canaryP95Ms' | 'canaryFrames' | 'delivered'>): string | null {
  if (canaryP95Ms > MAX_P95_MS) return `the canary's latency is above ${MAX_P95_MS} ms`;
  if (canaryFrames < MIN_FRAMES) return `the canary sees less than ${MIN_FRAMES * 100} % of the frames`;
  if (delivered < MIN_DELIVERED) return `the clients get less than ${MIN_DELIVERED * 100} % of the packets`;
  return null;
}

export function loadMetrics(samples: readonly LoadSample[]): Metrics {
  const [empty] = samples;
  const unbroken = samples.filter(({ broken }) => broken === null);
  const most = unbroken.at(-1);
  if (!empty || !most || most.consumers === 0) return {};
  const n = samples.length;
  const { consumers, workerCpu, nodeCpu } = most;
  return {
    consumers: single('consumers', consumers, n),
    consumersPerCore: single('consumers', consumers / workerCpu, n),
    nodeShareOfWorker: single('share', nodeCpu / workerCpu, n),
    'cpu.worker': single('cores', workerCpu, n),
    'cpu.node': single('cores', nodeCpu, n),
    'cpu.clients': single('cores', most.clientsCpu, n),
    'cpu.chromium': single('cores', most.chromiumCpu, n),
    packets: single('packets/s', most.packetsPerSecond, n),
    bits: single('bps', most.bitsPerSecond, n),
    'memory.worker': single('bytes/participant', (most.workerBytes - empty.workerBytes) / consumers, n),
    'memory.node': single('bytes/participant', (most.nodeBytes - empty.nodeBytes) / consumers, n),
    'canary.p95': single('ms', most.canaryP95Ms, n),
    'canary.frames': single('share', most.canaryFrames, n),
  };
}
