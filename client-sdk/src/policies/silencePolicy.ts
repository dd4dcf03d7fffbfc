/** What was heard of the other end of a transport. */
export interface Silence {
  /** Milliseconds since anything came: media, reports of it, or an answer of ICE. */
  silentMs: number;
  /** Something came at nearly every look before that. */
  steady: boolean;
}

/** `doubtful`: the network may be gone. `dead`: not even ICE is answered. */
export type PathState = 'alive' | 'doubtful' | 'dead';

/** How often one looks. Short enough to notice within about a second, and costs 1 ms each time with 20 tracks. */
export const LOOK_INTERVAL_MS = 400;

/** Sound comes each 20 ms, in pauses of speech each 400 ms, and reports of what is sent each 100 ms. */
const DOUBT_AFTER_MS = 800;
/** Chromium has ICE answered each 2.5 s, also where nothing else flows (its `stable writable connection ping interval`). */
const DEAD_AFTER_MS = 3_500;

export function judgePath({ silentMs, steady }: Silence): PathState {
  if (silentMs >= DEAD_AFTER_MS) return 'dead';
  return steady && silentMs >= DOUBT_AFTER_MS ? 'doubtful' : 'alive';
}

const PROBE_RANGE_MS = { min: 400, max: 3_000 };
/** Where nothing is known of the path. */
const ASSUMED_RTT_MS = 200;

/** How long a socket may take to answer while media is silent. Its packets may have to wait for those before them. */
export function probeTimeoutMs(rttMs = ASSUMED_RTT_MS): number {
  return Math.min(PROBE_RANGE_MS.max, Math.max(PROBE_RANGE_MS.min, 200 + 3 * rttMs));
}
