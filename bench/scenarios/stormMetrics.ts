import type { StormJoin } from '../clients/stormJoin.ts';
import { single, summarize } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';
import { joinTime } from './joinTime.ts';

/** `cpu`: processors' time of each group of processes, in cores. */
export function stormMetrics(joins: readonly StormJoin[], cpu: Record<string, number>): Metrics {
  if (joins.length === 0) return {};
  const answers = joins.flatMap(({ answerMs }) => answerMs ?? []);
  return {
    firstFrame: summarize('ms', joins.map(joinTime)),
    ...(answers.length > 0 && { answer: summarize('ms', answers) }),
    late: summarize(
      'ms',
      joins.map(({ lateMs }) => lateMs),
    ),
    failures: single('joins', joins.filter(({ failed }) => failed !== null).length, joins.length),
    ...Object.fromEntries(Object.entries(cpu).map(([name, share]) => [`cpu.${name}`, single('cores', share, 1)])),
  };
}
