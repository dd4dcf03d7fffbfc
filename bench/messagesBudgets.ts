import type { Rule } from './report/result.ts';
import { kills, type Kill } from './scenarios/messagesMetrics.ts';

/** What the bars were set for: so many messages of each kill. */
const MESSAGES = 20_000;
const RATE = 500;

const killed: Record<Kill, string> = {
  redis: 'Redis is killed and comes back empty',
  postgres: 'PostgreSQL is killed and comes back with what it had',
  node: 'a node is killed',
};

/** What people may notice of messages, and what a kill may cost them: nothing. */
export const messagesBudgets: readonly Rule[] = [
  {
    scenario: 'messages',
    metric: `two.rate${RATE}.delivered`,
    statistic: 'p99',
    op: '<=',
    limit: 50,
    minSamples: 10_000,
    note: `${RATE} messages a second across two nodes: from sending to each receiver`,
  },
  ...(['one', 'two'] as const).flatMap((site): Rule[] => {
    const where = site === 'one' ? 'one node' : 'two nodes';
    return [
      {
        ...{ scenario: 'messages', metric: `${site}.rate${RATE}.undelivered`, statistic: 'max', op: '<=', limit: 0 },
        note: `${RATE} messages a second, ${where}: each comes to everyone`,
      },
      {
        ...{ scenario: 'messages', metric: `${site}.rate${RATE}.late`, statistic: 'p95', op: '<=', limit: 10 },
        note: `${where}: clients send when they should: the server is the limit, not they`,
      },
    ];
  }),
  {
    scenario: 'messages',
    metric: 'members.undelivered',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 50_000,
    params: { members: 1_000 },
    note: '1,000 members of one conversation: each message comes to each',
  },
  ...(['missing', 'undelivered'] as const).map((metric): Rule => ({
    ...{ scenario: 'messages', metric: `connections.${metric}`, statistic: 'max', op: '<=', limit: 0 },
    params: { connections: 10_000 },
    note: `10,000 connections to one node: ${metric === 'missing' ? 'all are there' : 'who is written to has the message'}`,
  })),
  ...kills.flatMap((kill): Rule[] => {
    const rule = (metric: string, note: string, minSamples = MESSAGES): Rule => ({
      ...{ scenario: 'messages', metric: `kill.${kill}.${metric}`, statistic: 'max', op: '<=', limit: 0, minSamples },
      note: `${killed[kill]} in the midst of 20,000 messages: ${note}`,
    });
    return [
      rule('lost', 'none that was acknowledged is lost'),
      rule('doubled', 'none is there twice'),
      rule('disordered', 'all are in order'),
      rule('differing', 'everyone has the same list in the end', 2),
      rule('unsent', 'all are sent in the end'),
    ];
  }),
  { scenario: 'messages', metric: 'failures', statistic: 'max', op: '<=', limit: 0, note: 'nothing is refused' },
];
