import type { Role, Source } from '../../protocol/grants.ts';

/** A track as far as its place in the order of subscription goes. */
export interface Candidate {
  source: Source;
  role: Role;
  /** Muted: there is nothing to see or hear of it now. */
  paused: boolean;
}

/**
 * Consumers that come with the snapshot. Each costs the page about 10 ms of session description before ICE may begin, on
 * the machine of docs/benchmarks.md; a tasting of two has three or four.
 */
const FIRST_CONSUMERS = 4;

const SOURCES: readonly Source[] = ['teaCloseUp', 'screen', 'camera', 'microphone', 'screenAudio'];

/** What a newcomer has to receive first: the cup, then the screen, then the host and the others; of all, what is not muted. */
export function firstTracks<T extends Candidate>(tracks: readonly T[]): T[] {
  return [...tracks].sort((a, b) => rank(a) - rank(b)).slice(0, FIRST_CONSUMERS);
}

function rank({ source, role, paused }: Candidate): number {
  const isShown = source === 'teaCloseUp' || source === 'screen';
  const order = (isShown ? 0 : SOURCES.length) + (role === 'host' || isShown ? 0 : SOURCES.length);
  return (paused ? 100 : 0) + order + SOURCES.indexOf(source);
}
