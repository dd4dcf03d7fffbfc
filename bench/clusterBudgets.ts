import type { Rule } from './report/result.ts';
import { losses } from './scenarios/failoverMetrics.ts';

/** For so long Redis is away, where that is judged. */
const AWAY = { awayMs: 30_000 };

const WATCHERS = { watchersNodes: 2, workers: 2 };
const ROOMS = { roomsNodes: 3 };

const PARTED = { partedMs: 10_000 };

/** A conversation does not notice less. */
const NO_GAP_MS = 250;

/** What people may notice of it when something of a cluster ends. */
export const clusterBudgets: readonly Rule[] = [
  {
    scenario: 'failover',
    metric: 'kill.together.back',
    statistic: 'p95',
    op: '<=',
    limit: 3_000,
    minSamples: 20,
    note: 'a node is killed with both people of a call: until each sees the other again',
  },
  {
    scenario: 'failover',
    metric: 'kill.apart.back',
    statistic: 'p95',
    op: '<=',
    limit: 3_000,
    minSamples: 20,
    note: 'a node is killed with one of a call: until each sees the other again',
  },
  {
    scenario: 'failover',
    metric: 'kill.apart.untold',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 10,
    note: 'who is on another node sees meanwhile that the other one is reconnecting, unless it is back within 2 s',
  },
  {
    scenario: 'failover',
    metric: 'kill.apart.doubled',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 10,
    note: 'nobody who is back is shown twice to who is on another node',
  },
  ...(
    [
      ['drain', 'npx chaxi drain'],
      ['stop', 'SIGTERM'],
    ] as const
  ).map(([ending, by]): Rule => ({
    scenario: 'failover',
    metric: `${ending}.soundGap`,
    statistic: 'max',
    op: '<=',
    limit: 500,
    minSamples: 20,
    note: `a node is drained by ${by}: the longest gap in what anyone hears`,
  })),
  ...losses.flatMap((loss): Rule[] => {
    const how = loss === 'frozen' ? 'Redis hangs for 30 s' : 'Redis is gone for 30 s and comes back empty';
    const rule = (metric: string, limit: number, note: string): Rule => ({
      ...{ scenario: 'failover', metric: `away.${loss}.${metric}`, statistic: 'max', op: '<=', limit, params: AWAY },
      note: `${how}: ${note}`,
    });
    return [
      rule('pictureGap', NO_GAP_MS, 'pictures go on'),
      rule('soundGap', NO_GAP_MS, 'sound goes on'),
      rule('ownRefused', 0, 'who asks the node that has the room is let in'),
      rule('unexplained', 0, 'everyone else is told clusterUnavailable'),
      rule('converged', 5_000, 'until all nodes know all nodes and rooms again'),
    ];
  }),
  ...(['pictureGap', 'soundGap'] as const).map((gap): Rule => ({
    scenario: 'failover',
    metric: `parted.own.${gap}`,
    statistic: 'max',
    op: '<=',
    limit: NO_GAP_MS,
    minSamples: 10,
    params: PARTED,
    note: `media does not pass between two nodes for 10 s: ${gap === 'soundGap' ? 'sound goes' : 'pictures go'} on within each`,
  })),
  {
    scenario: 'failover',
    metric: 'parted.across.back',
    statistic: 'p95',
    op: '<=',
    limit: 3_000,
    minSamples: 10,
    params: PARTED,
    note: 'media passes between two nodes again: until pictures are back',
  },
  {
    scenario: 'failover',
    metric: 'failures',
    statistic: 'max',
    op: '<=',
    limit: 0,
    note: 'everyone comes back, and nobody loses a room to a Redis that is away',
  },
  {
    scenario: 'cluster',
    metric: 'watchers.unserved',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 300,
    params: WATCHERS,
    note: 'one host on 2 nodes with 2 workers each: each of 300 watchers gets picture and sound whole',
  },
  {
    scenario: 'cluster',
    metric: 'watchers.nodes',
    statistic: 'p50',
    op: '>=',
    limit: 2,
    minSamples: 300,
    params: WATCHERS,
    note: 'its watchers are on both nodes',
  },
  {
    scenario: 'cluster',
    metric: 'watchers.pipedTwice',
    statistic: 'max',
    op: '<=',
    limit: 0,
    params: WATCHERS,
    note: 'no track is piped to a worker more than once',
  },
  {
    scenario: 'cluster',
    metric: 'rooms.missing',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 1_500,
    params: ROOMS,
    note: '500 rooms of 3 on 3 nodes: everyone is in',
  },
  {
    scenario: 'cluster',
    metric: 'rooms.unserved',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 1_000,
    params: ROOMS,
    note: '500 rooms of 3: everyone receives',
  },
  {
    scenario: 'cluster',
    metric: 'rooms.spread',
    statistic: 'max',
    op: '<=',
    limit: 1.25,
    minSamples: 500,
    params: ROOMS,
    note: '500 rooms of 3: people on the fullest node, over the mean of the nodes',
  },
  {
    scenario: 'cluster',
    metric: 'rooms.left',
    statistic: 'max',
    op: '<=',
    limit: 0,
    minSamples: 500,
    params: ROOMS,
    note: '500 rooms of 3: nothing is left of them when everyone has gone',
  },
  {
    scenario: 'cluster',
    metric: 'join.addedP95',
    statistic: 'p50',
    op: '<=',
    limit: 50,
    minSamples: 30,
    params: { joinNodes: 2 },
    note: 'a join by a node that does not have the room, over one by the node that has it, at the 95th percentile',
  },
  { scenario: 'cluster', metric: 'failures', statistic: 'max', op: '<=', limit: 0, note: 'nobody is refused' },
];
