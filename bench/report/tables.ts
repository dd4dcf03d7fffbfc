import { escape } from './escape.ts';
import { formatNumber, formatQuantity } from './formatNumber.ts';
import { signs, type Metrics, type Verdict } from './result.ts';

/** What had to hold, and whether it did. */
export function verdictTable(verdicts: readonly Verdict[], metrics: Metrics): string {
  if (verdicts.length === 0) return '';
  const rows = verdicts.map(({ rule, ok, actual, reason }) => {
    const unit = metrics[rule.metric]?.unit ?? '';
    const state =
      ok === null
        ? `<span class="soft">not judged${reason ? escape(`: ${reason}`) : ''}</span>`
        : ok
          ? '<span class="good">✓ holds</span>'
          : '<span class="bad">✗ broken</span>';
    const seen = actual === null ? '–' : formatQuantity(actual, unit);
    const limit = `${signs[rule.op]} ${formatQuantity(rule.limit, unit)}`;
    return `<tr><td>${state}</td><td>${escape(rule.note)}<br><code class="soft">${escape(rule.metric)} ${rule.statistic}</code></td><td class="number">${escape(seen)}</td><td class="number">${escape(limit)}</td></tr>`;
  });
  return `<div class="table verdicts"><table><thead><tr><th>Verdict</th><th>Rule</th><th class="number">Seen</th><th class="number">Limit</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

export function metricsTable(metrics: Metrics): string {
  const rows = Object.entries(metrics).map(([name, { unit, n, min, p50, p95, p99, max }]) => {
    const cells = [n, min, p50, p95, p99, max].map((value) => `<td class="number">${formatNumber(value)}</td>`);
    return `<tr><td><code>${escape(name)}</code></td><td>${escape(unit)}</td>${cells.join('')}</tr>`;
  });
  const head = ['n', 'min', 'p50', 'p95', 'p99', 'max'].map((name) => `<th class="number">${name}</th>`);
  return `<div class="table"><table><thead><tr><th>Metric</th><th>Unit</th>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

export function factsTable(facts: Record<string, unknown>): string {
  const rows = Object.entries(facts).map(
    ([name, value]) =>
      `<tr><td>${escape(name)}</td><td><code>${escape(typeof value === 'object' ? JSON.stringify(value) : value)}</code></td></tr>`,
  );
  return `<div class="table"><table><tbody>${rows.join('')}</tbody></table></div>`;
}
