import { summarize } from '../../lib/stats.ts';
import { kills, rateOf, sites, type MessagesSample, type SiteName } from '../../scenarios/messagesMetrics.ts';
import { card } from '../card.ts';
import { curveChart } from '../charts/curveChart.ts';
import { distributionChart } from '../charts/distributionChart.ts';
import { dotRows } from '../charts/dotRows.ts';
import type { Result } from '../result.ts';
import { limitsOf } from './limitsOf.ts';

const siteNames: Record<SiteName, string> = { one: 'one node', two: 'two nodes' };
const killNames = { redis: 'Redis', postgres: 'PostgreSQL', node: 'a node' } as const;

export function messagesSection(result: Result): string[] {
  const samples = result.samples as MessagesSample[];
  return [...latencies(result, samples), ...throughput(samples), ...interruptions(result)];
}

function latencies(result: Result, samples: readonly MessagesSample[]): string[] {
  return samples.flatMap((sample) => {
    if (sample.part !== 'latency' && sample.part !== 'members') return [];
    if (sample.deliveredMs.length === 0) return [];
    const heading =
      sample.part === 'members'
        ? `${sample.members} members of one conversation`
        : `${sample.perSecond} messages a second, ${siteNames[sample.site]}`;
    const metric = sample.part === 'members' ? 'members' : `${sample.site}.rate${sample.perSecond}`;
    const chart = distributionChart(sample.deliveredMs, {
      unit: 'ms from sending to a receiver',
      title: `Distribution of times to delivery, ${heading}`,
      limits: limitsOf(result, `${metric}.delivered`),
    });
    return [card(heading, chart)];
  });
}

function throughput(samples: readonly MessagesSample[]): string[] {
  const curves = sites.flatMap((site) => {
    const steps = samples.flatMap((sample) => (sample.part === 'throughput' && sample.site === site ? [sample] : []));
    const answered = steps.filter(({ acknowledgedMs }) => acknowledgedMs.length > 0);
    return answered.length === 0 ? [] : [{ site, steps: answered }];
  });
  if (curves.length === 0) return [];
  const chart = curveChart(
    curves.map(({ site, steps }) => ({
      name: siteNames[site],
      points: steps.map((step) => [rateOf(step), summarize('ms', step.acknowledgedMs).p99] as const),
    })),
    {
      xLabel: 'messages that were acknowledged in a second',
      yLabel: 'ms to the acknowledgement, 99th percentile',
      title: 'Throughput',
      limit: { value: 1_000, label: 'too late' },
    },
  );
  return [card('Throughput', chart, 'With receivers who acknowledge what they get; everything on this machine.')];
}

function interruptions({ metrics }: Result): string[] {
  const rows = kills.flatMap((kill) => {
    const [acknowledged, flowing] = [metrics[`kill.${kill}.acknowledged`], metrics[`kill.${kill}.flowing`]];
    return flowing ? [{ name: killNames[kill], values: [acknowledged?.max ?? null, flowing.max] }] : [];
  });
  if (rows.length === 0) return [];
  const title = 'What a kill holds up';
  const series = ['longest time to an acknowledgement', 'until no message is late any more'];
  return [card(title, dotRows(rows, { series, unit: 'ms', title }), 'Redis and PostgreSQL are away for two seconds.')];
}
