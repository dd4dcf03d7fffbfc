import type { StepTimer } from '../../../protocol/guide.ts';

/** How an infusion stands at a moment. */
export interface TimerState {
  running: boolean;
  /** Milliseconds; goes on beyond the duration, until someone stops it. */
  elapsedMs: number;
  durationMs: number;
  /** Milliseconds until the duration is over; 0 from then on. */
  remainingMs: number;
}

/** @param nowMs by the clock that `runningSince` is of */
export function readTimer({ runningSince, elapsedMs: before, durationMs }: StepTimer, nowMs: number): TimerState {
  const elapsedMs = before + (runningSince === null ? 0 : Math.max(0, nowMs - runningSince));
  return { running: runningSince !== null, elapsedMs, durationMs, remainingMs: Math.max(0, durationMs - elapsedMs) };
}
