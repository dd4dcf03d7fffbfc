import { expect } from 'chai';
import { budgets } from '../../../../bench/budgets.ts';
import { judge } from '../../../../bench/judge.ts';
import { keepsUp, messagesMetrics } from '../../../../bench/scenarios/messagesMetrics.ts';
import { killSample, latencySample, messagesSamples, throughputSample } from '../../../helpers/messagesSamples.ts';

describe('messagesMetrics', () => {
  it('tells how soon messages are with their receivers, and how many are not', () => {
    const metrics = messagesMetrics([{ ...latencySample, expected: 10 }]);
    expect(metrics['two.rate500.delivered']).to.deep.include({ n: 8, min: 5, max: 12 });
    expect(metrics['two.rate500.undelivered']).to.deep.include({ n: 10, max: 2 });
    expect(metrics['two.rate500.unacknowledged']?.max).to.equal(0);
    expect(metrics['two.rate500.cpu.nodes']).to.deep.include({ n: 2, max: 0.4 });
  });

  it('takes for throughput the most that was acknowledged by a server that kept up', () => {
    const late = throughputSample(400, { acknowledgedMs: Array.from({ length: 400 }, () => 1_200) });
    const refused = throughputSample(300, { acknowledgedMs: Array.from({ length: 290 }, () => 10) });
    expect([keepsUp(late), keepsUp(refused)]).to.deep.equal([false, false]);
    const metrics = messagesMetrics([throughputSample(100), throughputSample(200), refused, late]);
    expect(metrics['two.throughput']).to.deep.include({ n: 200, p50: 200 });
    expect(messagesMetrics([late])).to.not.have.any.keys('two.throughput');
  });

  it('tells what each connection costs, and who is missing', () => {
    const metrics = messagesMetrics(messagesSamples);
    expect(metrics['connections.bytesEach']?.p50).to.equal(50_000);
    expect(metrics['connections.missing']?.max).to.equal(1);
    expect(metrics['members.last']).to.deep.include({ n: 2, max: 4 });
    expect(metrics['members.undelivered']?.max).to.equal(0);
  });

  it('breaks a rule by one message that is lost, and only where enough were sent', () => {
    const verdictOf = (sample: typeof killSample) =>
      judge(budgets, { scenario: 'messages', params: {}, metrics: messagesMetrics([sample]) }).find(
        ({ rule }) => rule.metric === 'kill.node.lost',
      );
    const many = { ...killSample, messages: 20_000 };
    expect(verdictOf(many)?.ok).to.equal(true);
    expect(verdictOf({ ...many, lost: 1 })?.ok).to.equal(false);
    expect(verdictOf(killSample)?.ok).to.equal(null);
  });

  it('counts what failed', () => {
    const metrics = messagesMetrics([killSample, { ...latencySample, failed: 'rateLimited' }]);
    expect(metrics.failures).to.deep.include({ n: 2, max: 1 });
  });
});
