import type { LoadSample } from '../../scenarios/loadMetrics.ts';
import { card } from '../card.ts';
import { curveChart } from '../charts/curveChart.ts';
import type { Result } from '../result.ts';

export function loadSection(result: Result): string[] {
  const samples = result.samples as LoadSample[];
  if (samples.length < 2) return [];
  const curve = (name: string, value: (sample: LoadSample) => number | null) => ({
    name,
    points: samples.flatMap((sample) => {
      const y = value(sample);
      return y === null ? [] : [[sample.consumers, y] as const];
    }),
  });
  const xLabel = 'consumers';
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return [
    card(
      'Latency of the canary',
      curveChart(
        [curve('median', ({ canaryP50Ms }) => canaryP50Ms), curve('95th percentile', ({ canaryP95Ms }) => canaryP95Ms)],
        {
          xLabel,
          yLabel: 'ms to the decoded frame',
          title: 'Latency of the canary',
          limit: { value: 150, label: 'broken' },
        },
      ),
      'A browser that publishes and watches on the same worker.',
    ),
    card(
      'Processors',
      curveChart(
        [
          curve('worker', ({ workerCpu }) => workerCpu),
          curve('Node.js', ({ nodeCpu }) => nodeCpu),
          curve('clients', ({ clientsCpu }) => clientsCpu),
          curve('Chromium', ({ chromiumCpu }) => chromiumCpu),
        ].filter(({ points }) => points.length > 0),
        { xLabel, yLabel: 'of one core', title: 'Processor time', formatY: percent },
      ),
    ),
    card(
      'What arrives',
      curveChart(
        [
          curve("canary's frames", ({ canaryFrames }) => canaryFrames),
          curve("clients' packets", ({ delivered }) => delivered),
        ],
        { xLabel, yLabel: 'share of what was sent', title: 'Share of frames and packets', formatY: percent },
      ),
    ),
  ];
}
