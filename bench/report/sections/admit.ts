import { median } from '../../lib/stats.ts';
import { admitStages, type AdmitSample } from '../../scenarios/admitMetrics.ts';
import { card } from '../card.ts';
import { distributionChart } from '../charts/distributionChart.ts';
import { stackedBars } from '../charts/stackedBars.ts';
import type { Result } from '../result.ts';
import { limitsOf } from './limitsOf.ts';

const stageNames = ['the guest hears of it', 'first packet', 'first frame', 'on the screen'];

export function admitSection(result: Result): string[] {
  const done = (result.samples as AdmitSample[]).filter(({ displayedMs }) => displayedMs !== null);
  const byRtt = [...Map.groupBy(done, ({ rttMs }) => rttMs)].sort(([a], [b]) => a - b);
  if (byRtt.length === 0) return [];
  return [
    ...byRtt.map(([rttMs, admissions], index) =>
      card(
        `Admission, round trip time ${rttMs} ms`,
        distributionChart(
          admissions.flatMap(({ displayedMs }) => displayedMs ?? []),
          {
            unit: 'ms from the click of the host to the first frame on the screen of the guest',
            title: `Distribution of admissions at a round trip time of ${rttMs} ms`,
            series: index + 1,
            limits: limitsOf(result, `rtt${rttMs}.displayed`),
          },
        ),
        `${admissions.length} admissions.`,
      ),
    ),
    card(
      'Stages',
      stackedBars(
        byRtt.map(([rttMs, admissions]) => ({ name: `${rttMs} ms`, parts: stageParts(admissions) })),
        { parts: stageNames, unit: 'ms, medians', title: 'Stages of the admissions' },
      ),
      'Medians of the times at which stages were reached, each from the one before.',
    ),
  ];
}

function stageParts(admissions: readonly AdmitSample[]): number[] {
  let reached = 0;
  return admitStages.map((stage) => {
    const values = admissions.flatMap((sample) => sample[`${stage}Ms`] ?? []);
    const at = Math.max(reached, values.length > 0 ? median(values) : 0);
    const part = at - reached;
    reached = at;
    return part;
  });
}
