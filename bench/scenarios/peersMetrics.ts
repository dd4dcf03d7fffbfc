import type { JoinStart } from '../../protocol/signaling.ts';
import { single, summarize } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';
import { joinTime } from './joinTime.ts';

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
    metrics[`${kind}.firstFrame`] = summarize('ms', own.map(joinTime));
    const packets = own.flatMap(({ firstPacketMs }) => firstPacketMs ?? []);
    if (packets.length > 0) metrics[`${kind}.firstPacket`] = summarize('ms', packets);
  }
  for (const [start, own] of Map.groupBy(joins, (sample) => sample.start)) {
    addJoinRatios(metrics, { start, rtts: [...new Set(own.map(({ rttMs }) => rttMs))], both: [first, second] });
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

/** At each round trip time, and the worst of them: an advantage at one must not hide what another costs. */
function addJoinRatios(
  metrics: Metrics,
  { start, rtts, both }: { start: JoinStart; rtts: readonly number[]; both: readonly [string, string] },
): void {
  for (const statistic of ['P50', 'P95'] as const) {
    const key = statistic === 'P50' ? 'p50' : 'p95';
    const ratios = rtts.flatMap((rttMs) => {
      const [one, other] = both.map((peer) => metrics[`${peer}.${start}.rtt${rttMs}.firstFrame`]);
      if (!one || !other) return [];
      const ratio = single('', one[key] / other[key], Math.min(one.n, other.n));
      metrics[`${start}.rtt${rttMs}.ratio${statistic}`] = ratio;
      return ratio;
    });
    if (ratios.length === 0) continue;
    const worst = Math.max(...ratios.map(({ max }) => max));
    metrics[`${start}.ratio${statistic}`] = single('', worst, Math.min(...ratios.map(({ n }) => n)));
  }
}

/**
 * What a subscriber costs: with subscribers, less without, over their number; the median of the rounds. Where one's is not above
 * 0, other processes were the larger part, and nothing is compared.
 */
function addCpu(metrics: Metrics, cpus: readonly PeersCpu[], both: readonly [string, string]): void {
  for (const [peer, own] of Map.groupBy(cpus, (sample) => sample.peer)) {
    const costs = [...Map.groupBy(own, ({ round }) => round).values()].flatMap((samples) => {
      const without = samples.find(({ subscribers }) => subscribers === 0);
      const with_ = samples.find(({ subscribers }) => subscribers > 0);
      return without && with_ ? (with_.cores - without.cores) / with_.subscribers : [];
    });
    if (costs.length === 0) continue;
    metrics[`${peer}.cpu.subscriber`] = summarize(
      '% of a core',
      costs.map((cores) => cores * 100),
    );
  }
  const [one, other] = both.map((peer) => metrics[`${peer}.cpu.subscriber`]);
  if (!one || !other || one.p50 <= 0 || other.p50 <= 0) return;
  metrics['cpu.ratio'] = single('', one.p50 / other.p50, Math.min(one.n, other.n));
}
