import type { PeersJoin, PeersLatency, PeersSample } from '../../scenarios/peersMetrics.ts';
import { card } from '../card.ts';
import { ecdfChart } from '../charts/ecdfChart.ts';
import { stackedBars } from '../charts/stackedBars.ts';
import type { Result } from '../result.ts';

export function peersSection(result: Result): string[] {
  const samples = result.samples as PeersSample[];
  const joins = samples.filter((sample): sample is PeersJoin => sample.part === 'join' && sample.failed === null);
  const latencies = samples.filter((sample): sample is PeersLatency => sample.part === 'latency');
  const byPeer = <T extends { peer: string }>(list: readonly T[], values: (sample: T) => readonly number[]) =>
    [...Map.groupBy(list, ({ peer }) => peer)].map(([name, own]) => ({ name, values: own.flatMap(values) }));
  const costs = Object.entries(result.metrics).flatMap(([name, metric]) => {
    const peer = /^(\w+)\.cpu\.subscriber$/.exec(name)?.[1];
    return peer ? [{ name: peer, parts: [metric.p50] }] : [];
  });
  return [
    ...[...Map.groupBy(joins, ({ start, rttMs }) => `${start}, round trip time ${rttMs} ms`)].map(([kind, own]) =>
      card(
        `Join ${kind}`,
        ecdfChart(
          byPeer(own, ({ firstFrameMs }) => (firstFrameMs === null ? [] : [firstFrameMs])),
          { unit: 'ms from the click to the first frame', title: `Join ${kind}` },
        ),
      ),
    ),
    ...(latencies.length > 0
      ? [
          card(
            'Latency to the decoded frame',
            ecdfChart(
              byPeer(latencies, ({ decodedMs }) => decodedMs),
              { unit: 'ms from the making of the frame', title: 'Latency' },
            ),
          ),
        ]
      : []),
    ...(costs.length > 0
      ? [
          card(
            "Server's processor time for one more subscriber",
            stackedBars(costs, { parts: ['server'], unit: '% of a core', title: 'Processor time a subscriber' }),
          ),
        ]
      : []),
  ];
}
