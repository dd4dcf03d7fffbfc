import type { Metrics, Rule, Verdict } from './report/result.ts';

/** What the rules of a scenario say of its metrics. */
export function judge(rules: readonly Rule[], scenario: string, metrics: Metrics): Verdict[] {
  return rules
    .filter((rule) => rule.scenario === scenario)
    .map((rule) => {
      const metric = metrics[rule.metric];
      if (!metric) return { rule, ok: null, actual: null };
      const actual = metric[rule.statistic];
      const enough = metric.n >= (rule.minSamples ?? 1);
      return { rule, ok: enough ? holds(actual, rule) : null, actual };
    });
}

function holds(actual: number, { op, limit }: Rule): boolean {
  switch (op) {
    case '<':
      return actual < limit;
    case '<=':
      return actual <= limit;
    case '>=':
      return actual >= limit;
    case '>':
      return actual > limit;
  }
}
