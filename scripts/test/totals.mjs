/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Totals `failures`: a line each */

/** @returns {Totals} */
export function noTotals() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/**
 * @param {readonly Totals[]} list
 * @returns {Totals}
 */
export function addTotals(list) {
  const sum = noTotals();
  for (const { passed, failed, skipped, failures } of list) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    sum.failures.push(...failures);
  }
  return sum;
}

/**
 * @param {Totals} totals
 * @returns {string} what failed, so that the end of a long record tells it, and the line that CI reads
 */
export function formatTotals({ passed, failed, skipped, failures }) {
  return [...failures.map((line) => `✗ ${line}`), `${passed} passed, ${failed} failed, ${skipped} skipped`].join('\n');
}
