import type { Machine } from '../lib/versions.ts';
import type { Summary } from '../lib/stats.ts';

export type Statistic = 'min' | 'p50' | 'p95' | 'p99' | 'max';
export const statistics: readonly Statistic[] = ['min', 'p50', 'p95', 'p99', 'max'];

/** How a rule compares, as it is shown. */
export const signs = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const;

/** What has to hold of a result: one line of bench/budgets.ts. */
export interface Rule {
  scenario: string;
  /** Of a comparison: rules for the run against this one, passed over in others. */
  peer?: string;
  metric: string;
  statistic: Statistic;
  op: keyof typeof signs;
  limit: number;
  /** With fewer values the rule is not judged. */
  minSamples?: number;
  /** Parameters that the run must have had; with others the rule is not judged. */
  params?: Params;
  /** What it means, in words. */
  note: string;
}

export interface Verdict {
  rule: Rule;
  /** Null where it could not be judged. */
  ok: boolean | null;
  actual: number | null;
  /** Why it was not judged. */
  reason?: string;
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
  /** What ended the run before its time; this is what was measured until then. */
  failed?: string;
}
