/** What was heard of the other end of a transport. */
export interface Silence {
  /** Milliseconds since anything came: media, reports of it, or an answer of ICE. */
  silentMs: number;
  /** Something came at nearly every look before that. */
  steady: boolean;
  /** The browser counts the answers of ICE, so that none can have come. */
  answersCounted: boolean;
}

/** `doubtful`: the network may be gone, so the server is asked. `dead`: not even ICE is answered. */
export type PathState = 'alive' | 'doubtful' | 'dead';

/** How often one looks. Short enough to notice within about a second. */
export const LOOK_INTERVAL_MS = 400;

/**
 * Steady: sound comes each 20 ms, in pauses of speech each 400 ms, and reports of what is sent each 100 ms. Rare: Chromium
 * has ICE answered each 2.5 s where nothing else flows (its `stable writable connection ping interval`); a single answer
 * that is lost is reason to ask the server, which costs next to nothing, but none to give the path up.
 */
const LIMITS_MS = {
  steady: { doubt: 800, dead: 3_500 },
  rare: { doubt: 3_500, dead: 8_000 },
} as const;

export function judgePath({ silentMs, steady, answersCounted }: Silence): PathState {
  const limits = steady ? LIMITS_MS.steady : LIMITS_MS.rare;
  if (silentMs < limits.doubt) return 'alive';
  if (answersCounted) return silentMs < limits.dead ? 'doubtful' : 'dead';
  // Whoever spoke may have stopped, and an idle path is always silent: the browser's own `disconnected` tells the rest.
  return steady && silentMs < limits.dead ? 'doubtful' : 'alive';
}

const PROBE_RANGE_MS = { min: 400, max: 3_000 };
/** Where nothing is known of the path. */
const ASSUMED_RTT_MS = 200;

/** How long a socket may take to answer while media is silent. Its packets may have to wait for those before them. */
export function probeTimeoutMs(rttMs = ASSUMED_RTT_MS): number {
  return Math.min(PROBE_RANGE_MS.max, Math.max(PROBE_RANGE_MS.min, 200 + 3 * rttMs));
}
