import { signs, type Verdict } from './result.ts';

/** A verdict in one line. */
export function explainVerdict({ rule, ok, actual, reason }: Verdict): string {
  const mark = ok === null ? '–' : ok ? '✓' : '✗';
  const seen = [...(actual === null ? [] : [`is ${actual}`]), ...(reason ? [`not judged: ${reason}`] : [])].join(', ');
  return `${mark} ${rule.metric} ${rule.statistic} ${signs[rule.op]} ${rule.limit}: ${seen} (${rule.note})`;
}
