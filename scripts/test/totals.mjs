/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * @param {readonly Totals[]} list
 * @returns {Totals}
 */
export function addTotals(list) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of list) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * @param {Totals} totals
 * @returns {string} the line that CI reads
 */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
