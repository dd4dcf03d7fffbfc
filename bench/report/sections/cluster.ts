import { askedNodes, type ClusterSample } from '../../scenarios/clusterMetrics.ts';
import { joinTime } from '../../scenarios/joinTime.ts';
import { card } from '../card.ts';
import { distributionChart } from '../charts/distributionChart.ts';
import { dotRows } from '../charts/dotRows.ts';
import type { Result } from '../result.ts';

const askedNames = { own: 'by the node that has the room', other: 'by another node' } as const;

export function clusterSection(result: Result): string[] {
  const samples = result.samples as ClusterSample[];
  return [...joins(samples), ...nodes(samples)];
}

function joins(samples: readonly ClusterSample[]): string[] {
  return askedNodes.flatMap((asked, index) => {
    const values = samples.flatMap((sample) =>
      sample.part === 'join' && sample.asked === asked ? [joinTime(sample)] : [],
    );
    if (values.length === 0) return [];
    const chart = distributionChart(values, {
      unit: 'ms from the click to the first frame',
      title: `Distribution of joins ${askedNames[asked]}`,
      series: index + 1,
    });
    return [card(`Join ${askedNames[asked]}`, chart)];
  });
}

/** Who is where, and what it costs. */
function nodes(samples: readonly ClusterSample[]): string[] {
  return samples.flatMap((sample) => {
    if (sample.part === 'join') return [];
    const heading = sample.part === 'watchers' ? `${sample.watchers} watchers` : `${sample.rooms} rooms of three`;
    const rowsOf = (values: readonly number[]) =>
      values.map((value, index) => ({ name: `node ${index + 1}`, values: [value] }));
    const chart = (title: string, values: readonly number[], series: string, unit: string) =>
      card(`${heading}: ${title}`, dotRows(rowsOf(values), { series: [series], unit, title: `${heading}, ${title}` }));
    return [
      chart('people', sample.participants, 'people', 'people'),
      chart('processors', sample.workerCpu, 'media workers', 'cores'),
    ];
  });
}
