import type { ErrorCode } from '../../../../protocol/errorCodes.ts';
import { mayPass } from '../mayPass.ts';

export interface LostConnection {
  /** Attempts since the connection last held for a while; 0 for the first. */
  attempt: number;
  /** Why the connection was lost, or the attempt before failed. */
  code: ErrorCode;
  /** The next attempt has another token: a function fetches it. */
  freshToken: boolean;
}

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 30_000;
/** Up to this part is added, so that all pages do not come back in the same instant after a restart of the server. */
const JITTER = 0.5;
/** The clock of a backend may be behind that of the server, but not for ever. */
const EXPIRED_TOKENS = 3;

/** A connection that held this long starts the count of attempts anew. */
export const HELD_AFTER_MS = 5_000;

/**
 * Milliseconds until the next attempt to connect: at once, then with growing delays, and for ever, since messages wait for it. Null ends
 * it: another attempt would be refused alike. `random` is in [0, 1).
 */
export function connectionDelay({ attempt, code, freshToken }: LostConnection, random: number): number | null {
  const otherToken = code === 'tokenExpired' && freshToken && attempt < EXPIRED_TOKENS;
  // `limitReached`: this person has many pages open, of which one may be closed.
  if (!mayPass(code) && code !== 'limitReached' && !otherToken) return null;
  if (attempt === 0) return 0;
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.round(delayMs * (1 + JITTER * random));
}

/** Another node of the cluster may let one in. */
export function meansNodeGone(code: ErrorCode): boolean {
  return code === 'serverUnreachable' || code === 'serverDraining' || code === 'connectionLost';
}
