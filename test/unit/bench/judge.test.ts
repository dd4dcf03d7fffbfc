import { expect } from 'chai';
import { budgets } from '../../../bench/budgets.ts';
import { judge } from '../../../bench/judge.ts';
import { scenarioDocs } from '../../../bench/optionTable.ts';
import { explainVerdict } from '../../../bench/report/explainVerdict.ts';
import type { Rule } from '../../../bench/report/result.ts';
import { summarize } from '../../../bench/lib/stats.ts';

const rule: Rule = { scenario: 'join', metric: 'time', statistic: 'p95', op: '<=', limit: 10, note: 'a note' };
const metrics = { time: summarize('ms', [1, 2, 3, 4, 10]) };

describe('judge', () => {
  for (const { op, limit, ok } of [
    { op: '<=', limit: 8.8, ok: true },
    { op: '<=', limit: 8.7, ok: false },
    { op: '<', limit: 8.8, ok: false },
    { op: '<', limit: 8.9, ok: true },
    { op: '>=', limit: 8.8, ok: true },
    { op: '>=', limit: 8.9, ok: false },
    { op: '>', limit: 8.8, ok: false },
    { op: '>', limit: 8.7, ok: true },
  ] as const) {
    it(`finds ${String(ok)} for 8.8 ${op} ${limit}`, () => {
      const [verdict] = judge([{ ...rule, op, limit }], 'join', metrics);
      expect(verdict).to.deep.include({ ok, actual: 8.8 });
    });
  }

  it('passes over the rules of other scenarios', () => {
    expect(judge([rule], 'load', metrics)).to.deep.equal([]);
  });

  it('does not judge what was not measured, or not often enough', () => {
    expect(judge([{ ...rule, metric: 'other' }], 'join', metrics)[0]).to.deep.include({ ok: null, actual: null });
    expect(judge([{ ...rule, minSamples: 6 }], 'join', metrics)[0]).to.deep.include({ ok: null, actual: 8.8 });
    expect(judge([{ ...rule, minSamples: 5 }], 'join', metrics)[0]?.ok).to.equal(true);
  });
});

describe('explainVerdict', () => {
  it('says in one line what was asked and what was seen', () => {
    const [verdict] = judge([{ ...rule, limit: 5 }], 'join', metrics);
    expect(explainVerdict(verdict!)).to.equal('✗ time p95 ≤ 5: is 8.8 (a note)');
    expect(explainVerdict({ rule, ok: null, actual: null })).to.contain('not measured');
  });
});

describe('the budgets', () => {
  it('are rules of scenarios that there are', () => {
    for (const { scenario } of budgets) expect(Object.keys(scenarioDocs)).to.include(scenario);
  });

  it('hold each question once', () => {
    const questions = budgets.map(({ scenario, metric, statistic }) => `${scenario} ${metric} ${statistic}`);
    expect(new Set(questions).size).to.equal(questions.length);
  });
});
