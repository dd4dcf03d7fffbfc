import type { JoinStart } from '../../protocol/signaling.ts';
import { shuffled } from '../lib/random.ts';

/** Joins of one kind. */
export interface JoinKind {
  start: JoinStart;
  rttMs: number;
  count: number;
}

/** Joins at one round trip time, with one publisher. */
export interface JoinBlock {
  rttMs: number;
  starts: JoinStart[];
}

/**
 * The order of joins: in rounds, each of which holds its share of every kind, so that what disturbs the machine for a while
 * disturbs all kinds alike. Within a round joins of one round trip time stand together.
 */
export function planJoins(kinds: readonly JoinKind[], rounds: number, random: () => number): JoinBlock[] {
  const rtts = [...new Set(kinds.map(({ rttMs }) => rttMs))];
  return Array.from({ length: rounds }, (_, round) =>
    shuffled(rtts, random).map((rttMs) => {
      const starts = kinds
        .filter((kind) => kind.rttMs === rttMs)
        .flatMap(({ start, count }) => Array.from({ length: shareOf(count, round, rounds) }, () => start));
      return { rttMs, starts: shuffled(starts, random) };
    }),
  )
    .flat()
    .filter(({ starts }) => starts.length > 0);
}

/** How many of `count` fall into a round, when they are spread evenly. */
export function shareOf(count: number, round: number, rounds: number): number {
  return Math.floor(((round + 1) * count) / rounds) - Math.floor((round * count) / rounds);
}
