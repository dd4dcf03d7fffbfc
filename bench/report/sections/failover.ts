import {
  backMs,
  endings,
  losses,
  places,
  type FailoverSample,
  type MoveSample,
} from '../../scenarios/failoverMetrics.ts';
import { card } from '../card.ts';
import { distributionChart } from '../charts/distributionChart.ts';
import { dotRows, type DotRow } from '../charts/dotRows.ts';
import type { Result } from '../result.ts';
import { limitsOf } from './limitsOf.ts';

const endingNames = { kill: 'killed', drain: 'drained', stop: 'SIGTERM' } as const;
const lossNames = { frozen: 'Redis hangs', lost: 'Redis is gone' } as const;

export function failoverSection(result: Result): string[] {
  return [...returns(result), ...gaps(result)];
}

function returns(result: Result): string[] {
  const kills = (result.samples as FailoverSample[]).filter((sample): sample is MoveSample => sample.part === 'kill');
  return places.flatMap((place) => {
    const values = kills.filter((kill) => kill.place === place).map(backMs);
    if (values.length === 0) return [];
    return [
      card(
        place === 'together' ? 'A node is killed with both people' : 'A node is killed with one of two people',
        distributionChart(values, {
          unit: 'ms from SIGKILL to the first frame that was made after it',
          title: `Time until the picture is back, ${place}`,
          limits: limitsOf(result, `kill.${place}.back`),
        }),
      ),
    ];
  });
}

function gaps({ metrics, verdicts }: Result): string[] {
  const rowOf = (name: string, prefix: string): DotRow => ({
    name,
    values: ['soundGap', 'pictureGap'].map((measure) => metrics[`${prefix}.${measure}`]?.max ?? null),
    limit: verdicts.find(({ rule }) => rule.metric === `${prefix}.soundGap`)?.rule.limit,
  });
  const rows = [
    ...endings.map((ending) => rowOf(endingNames[ending], ending)),
    ...losses.map((loss) => rowOf(lossNames[loss], `away.${loss}`)),
  ].filter(({ values }) => values.some((value) => value !== null));
  if (rows.length === 0) return [];
  const title = 'The longest gap';
  return [card(title, dotRows(rows, { series: ['sound', 'picture'], unit: 'ms', title }), 'The worst of all calls.')];
}
