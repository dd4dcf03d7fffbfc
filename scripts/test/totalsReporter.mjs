import Mocha from 'mocha';

/** Mocha's spec output, and the totals as a message to the process that runs the suites. */
export default class TotalsReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {string[]} */
    const failed = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failed.push(`${test.titlePath().join(' › ')}: ${String(error?.message ?? error).split('\n', 1)[0]}`);
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 0, pending: 0 };
      process.send?.({ passed: passes, failed: failures, skipped: pending, failures: failed });
    });
  }
}
