import type { Verdict } from './result.ts';

const signs = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const;

/** A verdict in one line. */
export function explainVerdict({ rule, ok, actual }: Verdict): string {
  const mark = ok === null ? '–' : ok ? '✓' : '✗';
  const seen = actual === null ? 'not measured' : `is ${actual}`;
  const judged = actual !== null && ok === null ? `, not judged with fewer than ${rule.minSamples}` : '';
  return `${mark} ${rule.metric} ${rule.statistic} ${signs[rule.op]} ${rule.limit}: ${seen}${judged} (${rule.note})`;
}
