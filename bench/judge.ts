import { isDeepStrictEqual } from 'node:util';
import type { Summary } from './lib/stats.ts';
import type { Params, Result, Rule, Verdict } from './report/result.ts';

type Run = Pick<Result, 'scenario' | 'params' | 'metrics'>;

/** What the rules for a run say of its metrics. */
export function judge(rules: readonly Rule[], run: Run): Verdict[] {
  return rules
    .filter(({ scenario, peer }) => scenario === run.scenario && (peer === undefined || peer === run.params.peer))
    .map((rule) => {
      const measured = run.metrics[rule.metric];
      if (!measured) return { rule, ok: null, actual: null, reason: 'not measured' };
      const actual = measured[rule.statistic];
      const reason = whyNotJudged(rule, run.params, measured);
      return reason === null ? { rule, ok: holds(actual, rule), actual } : { rule, ok: null, actual, reason };
    });
}

/**
 * Whether a run has reached what it had to. What was not judged was not reached; only a smoke run, which measures too little to
 * judge, is held to nothing but what it broke.
 */
export function isReached(verdicts: readonly Verdict[], smoke: boolean): boolean {
  return verdicts.every(({ ok }) => ok ?? smoke);
}

function whyNotJudged(
  { statistic, params, minSamples = 1 }: Rule,
  runParams: Params,
  measured: Summary,
): string | null {
  const other = Object.entries(params ?? {}).find(([name, value]) => !isDeepStrictEqual(runParams[name], value));
  if (other) return `${other[0]} is not ${JSON.stringify(other[1])}`;
  // Such as consumers a core of a worker that runs elsewhere, whose processor time is not seen.
  if (!Number.isFinite(measured[statistic])) return 'not a number';
  return measured.n < minSamples ? `${measured.n} of at least ${minSamples} values` : null;
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
