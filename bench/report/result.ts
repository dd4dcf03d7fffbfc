import type { Machine } from '../lib/versions.ts';
import type { Summary } from '../lib/stats.ts';

export type Statistic = 'min' | 'p50' | 'p95' | 'p99' | 'max';
export const statistics: readonly Statistic[] = ['min', 'p50', 'p95', 'p99', 'max'];

/** What has to hold of a result: one line of bench/budgets.ts. */
export interface Rule {
  scenario: string;
  metric: string;
  statistic: Statistic;
  op: '<' | '<=' | '>=' | '>';
  limit: number;
  /** With fewer values the rule is not judged. */
  minSamples?: number;
  /** What it means, in words. */
  note: string;
}

export interface Verdict {
  rule: Rule;
  /** Null where it could not be judged: not measured in this run, or with too few values. */
  ok: boolean | null;
  actual: number | null;
}

/** One measurement as it was made; what can be null was not seen. */
export type Sample = Record<string, string | number | boolean | null | number[]>;
export type Metrics = Record<string, Summary>;
export type Params = Record<string, unknown>;

/** DIR/SCENARIO.json */
export interface Result {
  scenario: string;
  startedAt: string;
  machine: Machine;
  versions: Record<string, string>;
  params: Params;
  samples: Sample[];
  metrics: Metrics;
  verdicts: Verdict[];
  /** The run was ended by hand; this is what was measured until then. */
  interrupted?: true;
}
