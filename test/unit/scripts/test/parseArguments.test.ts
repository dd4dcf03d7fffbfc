import { expect } from 'chai';
import { parseArguments } from '../../../../scripts/test/parseArguments.mjs';
import { addTotals, formatTotals } from '../../../../scripts/test/totals.mjs';

describe('the arguments of npm test', () => {
  it('mean everything when there are none', () => {
    expect(parseArguments([])).to.deep.equal({
      checks: ['lint', 'check'],
      suites: ['unit', 'integration', 'threeNodes', 'e2e'],
      files: [],
      options: [],
      unknown: [],
    });
  });

  it('pick suites and checks, in the order in which they run', () => {
    const { checks, suites } = parseArguments(['e2e', 'unit', 'lint']);
    expect({ checks, suites }).to.deep.equal({ checks: ['lint'], suites: ['unit', 'e2e'] });
  });

  it('pick files, and hand options on to mocha', () => {
    const asked = parseArguments(['test/e2e/mute.test.ts', '--grep=mute']);
    expect(asked.suites).to.deep.equal([]);
    expect(asked.files).to.deep.equal(['test/e2e/mute.test.ts']);
    expect(asked.options).to.deep.equal(['--grep=mute']);
  });

  it('mean all suites without the checks when there are only options', () => {
    const { checks, suites } = parseArguments(['--grep=mute']);
    expect({ checks, suites }).to.deep.equal({ checks: [], suites: ['unit', 'integration', 'threeNodes', 'e2e'] });
  });

  it('are refused when they name what there is not', () => {
    expect(parseArguments(['unti']).unknown).to.deep.equal(['unti']);
  });
});

describe('the end of what npm test says', () => {
  it('adds up the suites, after a line for each failure', () => {
    const totals = addTotals([
      { passed: 1, failed: 0, skipped: 0, failures: [] },
      { passed: 40, failed: 2, skipped: 3, failures: ['a tea › is hot: expected 20 to equal 80', 'lint'] },
    ]);
    expect(formatTotals(totals)).to.equal(
      '✗ a tea › is hot: expected 20 to equal 80\n✗ lint\n41 passed, 2 failed, 3 skipped',
    );
  });
});
