import type { LatencySample } from '../../scenarios/latencyMetrics.ts';
import { card } from '../card.ts';
import { ecdfChart } from '../charts/ecdfChart.ts';
import type { Result } from '../result.ts';

const names: Record<string, string> = { floor: 'peer to peer', server: 'through Chaxi' };

export function latencySection(result: Result): string[] {
  const samples = result.samples as LatencySample[];
  return [...Map.groupBy(samples, ({ size }) => size)].flatMap(([size, windows]) =>
    (['decoded', 'displayed'] as const).map((end) =>
      card(
        `${size.replace('x', ' × ')}, to the ${end} frame`,
        ecdfChart(
          ['floor', 'server'].flatMap((through) => {
            const values = windows
              .filter((sample) => sample.through === through)
              .flatMap((sample) => sample[`${end}Ms`]);
            return values.length > 0 ? [{ name: names[through]!, values }] : [];
          }),
          { unit: 'ms from the making of the frame', title: `Latency of ${size} to the ${end} frame` },
        ),
      ),
    ),
  );
}
