import type { Rule } from './report/result.ts';
import {
  CALM_MS,
  conditionNames,
  isEvent,
  weakConditions,
  weakEnds,
  type ConditionName,
} from './scenarios/weakConditions.ts';

/** The condition of a bar, what is measured, and the bar. */
type Bar = readonly [ConditionName, string, Pick<Rule, 'statistic' | 'op' | 'limit'>, string];

const bars: readonly Bar[] = [
  ['loss20', 'fps', { statistic: 'p50', op: '>=', limit: 15 }, 'frames a second at 20 % loss'],
  ['loss20', 'frozen', { statistic: 'p50', op: '<=', limit: 0.05 }, 'the picture stands at 20 % loss'],
  ['loss30rtt200', 'concealed', { statistic: 'p50', op: '<=', limit: 0.1 }, 'sound made up at 30 % loss and 200 ms'],
  // What still shows a hand that pours.
  ['loss30rtt200', 'fps', { statistic: 'p50', op: '>=', limit: 3 }, 'video still moves at 30 % loss and 200 ms'],
  ['rate300', 'width', { statistic: 'p50', op: '>=', limit: 320 }, 'the close-up at 300 kbps'],
  ['rate300', 'fps', { statistic: 'p50', op: '>=', limit: 12 }, 'frames a second at 300 kbps'],
  ...(['videoBack', 'audioBack'] as const).flatMap((name): Bar[] => [
    [
      'outage',
      name,
      { statistic: 'max', op: '<=', limit: 2_000 },
      'after an outage of 5 s, from when the network is back',
    ],
    ['address', name, { statistic: 'max', op: '<=', limit: 3_000 }, 'after a change of address'],
  ]),
];

const lasting = conditionNames.filter((name) => !isEvent(weakConditions[name]));
const events = conditionNames.filter((name) => isEvent(weakConditions[name]));

/**
 * Not worse than peer to peer, at the worst condition. The limits are what two runs of the same thing differ by on a machine of two cores
 * that encodes, carries and decodes all of it.
 */
const floors = [
  ['fpsOverP2p', { statistic: 'min', op: '>=', limit: -3 }, lasting.length, 'frames a second over peer to peer'],
  ['frozenOverP2p', { statistic: 'max', op: '<=', limit: 0.03 }, lasting.length, 'standing pictures over peer to peer'],
  ['concealedOverP2p', { statistic: 'max', op: '<=', limit: 0.02 }, lasting.length, 'made up sound over peer to peer'],
  ['backOverP2p', { statistic: 'max', op: '<=', limit: 500 }, events.length, 'return of the picture over peer to peer'],
] as const;

const whose = { up: "the publisher's network", down: "the watcher's network" } as const;

/** What a tasting has to bear, on either side. */
export const weakBudgets: readonly Rule[] = [
  ...weakEnds.flatMap((end) => [
    ...bars.map(([condition, measure, bar, note]): Rule => ({
      scenario: 'weak',
      metric: `${end}.${condition}.chaxi.${measure}`,
      ...bar,
      params: CALM_MS,
      note: `${whose[end]}: ${note}`,
    })),
    ...floors.map(([measure, bar, minSamples, note]): Rule => ({
      scenario: 'weak',
      metric: `${end}.${measure}`,
      ...bar,
      minSamples,
      params: CALM_MS,
      note: `${whose[end]}: ${note}, at its worst condition`,
    })),
  ]),
  {
    scenario: 'weak',
    metric: 'resume',
    statistic: 'p95',
    op: '<=',
    limit: 300,
    minSamples: 20,
    note: 'a larger picture after its element has grown',
  },
  {
    scenario: 'weak',
    metric: 'failures',
    statistic: 'max',
    op: '<=',
    limit: 0,
    note: 'every tasting begins in its clean network, and stays on its relay',
  },
];
