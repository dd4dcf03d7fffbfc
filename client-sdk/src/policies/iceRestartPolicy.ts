import type { ErrorCode } from '../../../protocol/errorCodes.ts';

export interface IceRestartDecision {
  delayMs: number;
  /** Time to tell the application that media does not get through. */
  report: boolean;
}

const DELAYS_MS = [0, 1_000, 2_000, 4_000, 8_000];
/** After about fifteen seconds. */
const REPORT_AT_ATTEMPT = 3;

/**
 * When to try attempt number `attempt` (from 0) to bring a broken transport back. It never gives up: leaving does. Where the first one
 * lost its socket, which the network has taken with it, the second one begins as soon as there is another.
 */
export function iceRestartPolicy(attempt: number, failure?: ErrorCode): IceRestartDecision {
  const delayMs = DELAYS_MS[Math.min(attempt, DELAYS_MS.length - 1)] ?? 0;
  const socketWasLost = attempt === 1 && failure === 'connectionLost';
  return { delayMs: socketWasLost ? 0 : delayMs, report: attempt === REPORT_AT_ATTEMPT };
}

/** `disconnected` mends itself within this time if only some packets were lost. */
export const DISCONNECTED_GRACE_MS = 2_000;
/** The first connection takes less than this, or something is in its way. */
export const CONNECT_DEADLINE_MS = 10_000;
/**
 * A path that is as well again as the socket shows itself within this time after the socket has: sound comes each 20 ms, reports
 * each 100 ms, and Chromium asks ICE each 48 ms where it doubts (its `weak ping interval`).
 */
export const COME_BACK_MS = 200;
/** New paths are found in a few round trips, or with the next attempt. */
export const RESTART_DEADLINE_MS = 3_000;
