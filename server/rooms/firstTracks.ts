import { sourceKinds, type Role, type Source } from '../../protocol/grants.ts';

/** A track as far as its place in the order of subscription goes. */
export interface Candidate {
  source: Source;
  role: Role;
  /** Muted: there is nothing to see or hear of it now. */
  paused: boolean;
}

/**
 * Consumers that come with the snapshot, at most. Each costs the page about 10 ms of session description before ICE may
 * begin, on the machine of docs/benchmarks.md; a tasting of two has three or four.
 */
const FIRST_CONSUMERS = 4;

const SOURCES: readonly Source[] = ['teaCloseUp', 'screen', 'camera', 'microphone', 'screenAudio'];

/**
 * What a newcomer has to receive first, in this order: the cup, the screen, and the host; without any of their pictures also
 * one of someone else. Everyone comes with them only where all fit.
 */
export function firstTracks<T extends Candidate>(tracks: readonly T[]): T[] {
  const sorted = [...tracks].sort((a, b) => rank(a) - rank(b));
  if (sorted.length <= FIRST_CONSUMERS) return sorted;
  const picture = sorted.find(({ source, paused }) => sourceKinds[source] === 'video' && !paused);
  const important = sorted.filter((track) => track === picture || rank(track) < RANK.others);
  return (important.length > 0 ? important : sorted).slice(0, FIRST_CONSUMERS);
}

const RANK = { shown: 0, host: 10, others: 20, paused: 30 } as const;

function rank({ source, role, paused }: Candidate): number {
  const isShown = source === 'teaCloseUp' || source === 'screen';
  const kind = isShown ? 'shown' : role === 'host' ? 'host' : 'others';
  return RANK[kind] + SOURCES.indexOf(source) + (paused ? RANK.paused : 0);
}
