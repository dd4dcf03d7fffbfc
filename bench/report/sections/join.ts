import { joinStarts } from '../../../protocol/signaling.ts';
import { median } from '../../lib/stats.ts';
import { joinStages, type JoinSample } from '../../scenarios/joinMetrics.ts';
import { card } from '../card.ts';
import { curveChart } from '../charts/curveChart.ts';
import { distributionChart } from '../charts/distributionChart.ts';
import { fitChart } from '../charts/fitChart.ts';
import { stackedBars } from '../charts/stackedBars.ts';
import type { Result } from '../result.ts';
import { limitsOf } from './limitsOf.ts';

/** Up to the first frame; what is displayed later is no part of the join's time. */
const shownStages = joinStages.filter((stage) => stage !== 'displayed');
const stageNames = ['socket', 'answer', 'ICE', 'DTLS', 'first packet', 'first frame'];

export function joinSection(result: Result): string[] {
  const samples = result.samples as JoinSample[];
  const done = samples.filter(({ failed }) => failed === null);
  const starts = done.filter(({ part }) => part === 'start').sort(byStart);
  return [...distributions(starts, result), ...againstRtt(starts), ...people(done, result), ...pictures(done, result)];
}

function byStart(a: JoinSample, b: JoinSample): number {
  return joinStarts.indexOf(a.start) - joinStarts.indexOf(b.start);
}

function distributions(samples: readonly JoinSample[], result: Result): string[] {
  const lowest = Math.min(...samples.map(({ rttMs }) => rttMs));
  return [
    ...Map.groupBy(
      samples.filter(({ rttMs }) => rttMs === lowest),
      ({ start }) => start,
    ),
  ].map(([start, joins], index) =>
    card(
      `${start}, round trip time ${lowest} ms`,
      distributionChart(times(joins), {
        unit: 'ms from the click to the first frame',
        title: `Distribution of ${start} joins`,
        series: index + 1,
        limits: limitsOf(result, `${start}.rtt${lowest}.firstFrame`),
      }),
      `${joins.length} joins. The line is the share of joins that took up to so long.`,
    ),
  );
}

function againstRtt(samples: readonly JoinSample[]): string[] {
  if (samples.length === 0) return [];
  const clouds = [...Map.groupBy(samples, ({ start }) => start)];
  const kinds = [...Map.groupBy(samples, ({ start, rttMs }) => `${start} ${rttMs} ms`)].sort(
    ([, [a]], [, [b]]) => byStart(a!, b!) || a!.rttMs - b!.rttMs,
  );
  return [
    card(
      'Join against round trip time',
      fitChart(
        clouds.map(([start, joins]) => ({
          name: start,
          points: joins.map(({ rttMs, firstFrameMs }) => ({ x: rttMs, y: firstFrameMs ?? 0 })),
        })),
        {
          xLabel: 'round trip time in ms',
          yLabel: 'ms to the first frame',
          title: 'Join against round trip time',
          slopeUnit: '× RTT',
        },
      ),
      'Each dot is a join; the slope of the line is the number of round trips.',
    ),
    card(
      'Stages',
      stackedBars(
        kinds.map(([name, joins]) => ({ name, parts: stageParts(joins) })),
        { parts: stageNames, unit: 'ms, medians', title: 'Stages of the joins' },
      ),
      'Medians of the times at which stages were reached, each from the one before. A stage that was there before the click takes nothing.',
    ),
  ];
}

/** From stage to stage; stages that overlap count for the later one only as far as it lasts longer. */
function stageParts(joins: readonly JoinSample[]): number[] {
  let reached = 0;
  return shownStages.map((stage) => {
    const values = joins.flatMap((join) => join[`${stage}Ms`] ?? []);
    const at = Math.max(reached, values.length > 0 ? median(values) : 0);
    const part = at - reached;
    reached = at;
    return part;
  });
}

function people(samples: readonly JoinSample[], result: Result): string[] {
  const byPeople = [
    ...Map.groupBy(
      samples.filter(({ part }) => part === 'people'),
      (sample) => sample.people,
    ),
  ];
  if (byPeople.length < 2) return [];
  const curve = (name: string, statistic: 'p50' | 'p95') => ({
    name,
    points: byPeople
      .flatMap(([number]) => {
        const metric = result.metrics[`people${number}.firstFrame`];
        return metric ? [[number, metric[statistic]] as const] : [];
      })
      .sort(([a], [b]) => a - b),
  });
  return [
    card(
      'People already in the room',
      curveChart([curve('median', 'p50'), curve('95th percentile', 'p95')], {
        xLabel: 'people',
        yLabel: 'ms to the first frame',
        title: 'Join by people in the room',
      }),
      'Cold joins; each of the people publishes audio and video.',
    ),
  ];
}

function pictures(samples: readonly JoinSample[], result: Result): string[] {
  const joins = samples.filter(({ part, fullSizeMs }) => part === 'picture' && fullSizeMs !== null);
  if (joins.length === 0) return [];
  return [
    card(
      'Until the full picture of 1280 × 720',
      distributionChart(
        joins.map(({ fullSizeMs }) => fullSizeMs ?? 0),
        {
          unit: 'ms from the click',
          title: 'Time until the full picture',
          limits: limitsOf(result, 'picture.fullSize'),
        },
      ),
      'A camera as the SDK publishes it by itself, in two resolutions.',
    ),
  ];
}

function times(joins: readonly JoinSample[]): number[] {
  return joins.flatMap(({ firstFrameMs }) => firstFrameMs ?? []);
}
