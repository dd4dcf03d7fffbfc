import type { JoinStart } from '../../protocol/signaling.ts';
import { single, summarize } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';
import { JOIN_TIMEOUT_MS } from './joinMetrics.ts';

export type PeersJoin = {
  part: 'join';
  peer: string;
  start: JoinStart;
  rttMs: number;
  failed: string | null;
  firstPacketMs: number | null;
  firstFrameMs: number | null;
};

export type PeersLatency = {
  part: 'latency';
  peer: string;
  round: number;
  decodedMs: number[];
  displayedMs: number[];
  framesMade: number;
  width: number;
  bitrateBps: number;
};

/** Server's processor time over an interval, with this many subscribers. */
export type PeersCpu = {
  part: 'cpu';
  peer: string;
  round: number;
  subscribers: number;
  cores: number;
};

export type PeersSample = PeersJoin | PeersLatency | PeersCpu;

/** Each peer's figures, and those of the first over those of the second. */
export function peersMetrics(samples: readonly PeersSample[], [first, second]: readonly [string, string]): Metrics {
  const joins = samples.filter(({ part }) => part === 'join') as PeersJoin[];
  const latencies = samples.filter(({ part }) => part === 'latency') as PeersLatency[];
  const cpus = samples.filter(({ part }) => part === 'cpu') as PeersCpu[];
  const metrics: Metrics = {};
  for (const [kind, own] of Map.groupBy(joins, ({ peer, start, rttMs }) => `${peer}.${start}.rtt${rttMs}`)) {
    metrics[`${kind}.firstFrame`] = summarize('ms', own.map(timeOf));
    const packets = own.flatMap(({ firstPacketMs }) => firstPacketMs ?? []);
    if (packets.length > 0) metrics[`${kind}.firstPacket`] = summarize('ms', packets);
  }
  for (const [start, own] of Map.groupBy(joins, (sample) => sample.start)) {
    const rttMs = Math.min(...own.map((join) => join.rttMs));
    const [one, other] = [first, second].map((peer) => metrics[`${peer}.${start}.rtt${rttMs}.firstFrame`]);
    if (!one || !other) continue;
    const n = Math.min(one.n, other.n);
    metrics[`${start}.ratioP50`] = single('', one.p50 / other.p50, n);
    metrics[`${start}.ratioP95`] = single('', one.p95 / other.p95, n);
  }
  for (const [peer, own] of Map.groupBy(latencies, (sample) => sample.peer)) {
    for (const end of ['decoded', 'displayed'] as const) {
      const values = own.flatMap((sample) => sample[`${end}Ms`]);
      if (values.length > 0) metrics[`${peer}.latency.${end}`] = summarize('ms', values);
    }
    metrics[`${peer}.latency.bitrate`] = summarize(
      'bps',
      own.map(({ bitrateBps }) => bitrateBps),
    );
  }
  const [one, other] = [first, second].map((peer) => metrics[`${peer}.latency.decoded`]);
  if (one && other) {
    const n = Math.min(one.n, other.n);
    metrics['latency.ratioP50'] = single('', one.p50 / other.p50, n);
    metrics['latency.ratioP95'] = single('', one.p95 / other.p95, n);
  }
  addCpu(metrics, cpus, [first, second]);
  return metrics;
}

function timeOf({ failed, firstFrameMs }: PeersJoin): number {
  return failed === null ? (firstFrameMs ?? JOIN_TIMEOUT_MS) : JOIN_TIMEOUT_MS;
}

/** What a subscriber costs: with subscribers, less without, over their number; the median of the rounds. */
function addCpu(metrics: Metrics, cpus: readonly PeersCpu[], [first, second]: readonly [string, string]): void {
  for (const [peer, own] of Map.groupBy(cpus, (sample) => sample.peer)) {
    const costs = [...Map.groupBy(own, ({ round }) => round).values()].flatMap((samples) => {
      const without = samples.find(({ subscribers }) => subscribers === 0);
      const with_ = samples.find(({ subscribers }) => subscribers > 0);
      return without && with_ ? (with_.cores - without.cores) / with_.subscribers : [];
    });
    if (costs.length > 0) metrics[`${peer}.cpu.subscriber`] = summarize('cores', costs);
  }
  const costs = [first, second].map((peer) => metrics[`${peer}.cpu.subscriber`]);
  const [one, other] = costs;
  if (one && other && other.p50 > 0) metrics['cpu.ratio'] = single('', one.p50 / other.p50, one.n);
}
