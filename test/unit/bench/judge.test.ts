import { expect } from 'chai';
import { budgets } from '../../../bench/budgets.ts';
import { isReached, judge } from '../../../bench/judge.ts';
import { scenarioDocs } from '../../../bench/optionTable.ts';
import { explainVerdict } from '../../../bench/report/explainVerdict.ts';
import type { Params, Rule } from '../../../bench/report/result.ts';
import { summarize } from '../../../bench/lib/stats.ts';

const rule: Rule = { scenario: 'join', metric: 'time', statistic: 'p95', op: '<=', limit: 10, note: 'a note' };
const metrics = { time: summarize('ms', [1, 2, 3, 4, 10]) };
const judgeOne = (overrides: Partial<Rule>, params: Params = {}) =>
  judge([{ ...rule, ...overrides }], { scenario: 'join', params, metrics })[0]!;

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
      expect(judgeOne({ op, limit })).to.deep.include({ ok, actual: 8.8 });
    });
  }

  it('passes over the rules of other scenarios and peers', () => {
    expect(judge([rule], { scenario: 'load', params: {}, metrics })).to.deep.equal([]);
    const against = { ...rule, scenario: 'peers', peer: 'livekit' };
    expect(judge([against], { scenario: 'peers', params: { peer: 'naive' }, metrics })).to.deep.equal([]);
    expect(judge([against], { scenario: 'peers', params: { peer: 'livekit' }, metrics })).to.have.length(1);
  });

  it('does not judge what was not measured, or not often enough, and says why', () => {
    expect(judgeOne({ metric: 'other' })).to.deep.include({ ok: null, actual: null, reason: 'not measured' });
    expect(judgeOne({ minSamples: 6 })).to.deep.include({ ok: null, actual: 8.8, reason: '5 of at least 6 values' });
    expect(judgeOne({ minSamples: 5 }).ok).to.equal(true);
  });

  it('does not judge what came of a division by nothing', () => {
    const infinite = { time: { ...metrics.time, p95: Infinity } };
    const [verdict] = judge([{ ...rule, op: '>=' }], { scenario: 'join', params: {}, metrics: infinite });
    expect(verdict).to.deep.include({ ok: null, reason: 'not a number' });
  });

  it('does not judge a run with other parameters than the rule asks for', () => {
    const params = { rate: 50, source: { width: 640, height: 360 } };
    expect(judgeOne({ params }, { ...params, more: 1 }).ok).to.equal(true);
    expect(judgeOne({ params }, { ...params, rate: 5 })).to.deep.include({
      ok: null,
      actual: 8.8,
      reason: 'rate is not 50',
    });
    expect(judgeOne({ params }, { ...params, source: { width: 384, height: 216 } }).reason).to.contain('source is not');
  });
});

describe('isReached', () => {
  const verdict = (ok: boolean | null) => ({ rule, ok, actual: null });

  it('holds only where every verdict does', () => {
    expect(isReached([verdict(true), verdict(true)], false)).to.equal(true);
    expect(isReached([verdict(true), verdict(false)], false)).to.equal(false);
    expect(isReached([verdict(true), verdict(null)], false)).to.equal(false);
  });

  it('asks of a smoke run only that it breaks nothing', () => {
    expect(isReached([verdict(true), verdict(null)], true)).to.equal(true);
    expect(isReached([verdict(null), verdict(false)], true)).to.equal(false);
  });
});

describe('explainVerdict', () => {
  it('says in one line what was asked and what was seen', () => {
    expect(explainVerdict(judgeOne({ limit: 5 }))).to.equal('✗ time p95 ≤ 5: is 8.8 (a note)');
    expect(explainVerdict(judgeOne({ minSamples: 6 }))).to.equal(
      '– time p95 ≤ 10: is 8.8, not judged: 5 of at least 6 values (a note)',
    );
    expect(explainVerdict(judgeOne({ metric: 'other' }))).to.contain(': not judged: not measured (');
  });
});

describe('the budgets', () => {
  it('are rules of scenarios that there are', () => {
    for (const { scenario } of budgets) expect(Object.keys(scenarioDocs)).to.include(scenario);
  });

  it('hold each question once', () => {
    const questions = budgets.map(({ scenario, peer, metric, statistic }) =>
      [scenario, peer, metric, statistic].join(' '),
    );
    expect(new Set(questions).size).to.equal(questions.length);
  });

  it('do not compare our server with itself', () => {
    const naive = budgets.filter(({ peer }) => peer === 'naive').map(({ metric }) => metric);
    expect(naive).to.deep.equal(['cold.ratioP50', 'cold.ratioP95']);
    for (const { scenario, peer } of budgets) expect(peer !== undefined).to.equal(scenario === 'peers');
  });
});
