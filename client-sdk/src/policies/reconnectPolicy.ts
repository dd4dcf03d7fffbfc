import type { ChaxiError } from '../../../protocol/ChaxiError.ts';

export interface ReconnectContext {
  /** 0 for the first attempt after a loss. In a cluster each asks all nodes that are known. */
  attempt: number;
  /** Milliseconds since the connection was lost. */
  elapsedMs: number;
  /** Why the attempt before failed, or why the connection was lost. */
  error?: ChaxiError;
}

/** Milliseconds to wait before the next attempt; null gives up. */
export type ReconnectPolicy = (context: ReconnectContext) => number | null;

const DELAYS_MS = [0, 300, 600, 1_200, 2_400, 4_800];
/** Longer than a phone takes from one network to the next, shorter than a person waits. */
const GIVE_UP_AFTER_MS = 60_000;
/** Up to this part is added, so that a whole room does not come back in the same instant. */
const JITTER = 0.5;

/** At once, then with growing delays and jitter; gives up after a minute. `random` is in [0, 1). */
export function reconnectDelay(context: ReconnectContext, random: number): number | null {
  if (context.elapsedMs >= GIVE_UP_AFTER_MS) {
    return null;
  }
  const base = DELAYS_MS[Math.min(context.attempt, DELAYS_MS.length - 1)] ?? 0;
  return Math.round(base * (1 + JITTER * random));
}

export const defaultReconnectPolicy: ReconnectPolicy = (context) => reconnectDelay(context, Math.random());

/** A packet that opens a connection and was lost is sent again after a second (RFC 6298 section 2.1). */
const WELCOME_TIMEOUTS_MS = [2_000, 3_000, 5_000];
export const LONGEST_WELCOME_TIMEOUT_MS = 10_000;

/**
 * How long attempt number `attempt` to come back may take until its welcome. In an outage TCP waits ever longer before it tries
 * again, so the first attempts are given up for fresh ones; the later ones leave time to the slowest networks.
 */
export function welcomeTimeoutMs(attempt: number): number {
  return WELCOME_TIMEOUTS_MS[attempt] ?? LONGEST_WELCOME_TIMEOUT_MS;
}
