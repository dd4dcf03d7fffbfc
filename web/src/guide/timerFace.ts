import type { TimerState } from '../../../client-sdk/src/index.ts';

export interface TimerFace {
  /** What is left as `0:24`; beyond the end what is over, as `+0:05`. */
  text: string;
  isOver: boolean;
  /** How much of the infusion has passed, 0 to 1. */
  share: number;
}

/** The face changes once a second: it shows 0:00 just when the time is up. */
export function timerFace({ elapsedMs, durationMs }: Pick<TimerState, 'elapsedMs' | 'durationMs'>): TimerFace {
  const leftMs = durationMs - elapsedMs;
  const isOver = leftMs <= 0;
  const seconds = isOver ? Math.floor(-leftMs / 1_000) : Math.ceil(leftMs / 1_000);
  return {
    text: `${isOver ? '+' : ''}${minutesAndSeconds(seconds)}`,
    isOver,
    share: Math.min(1, Math.max(0, elapsedMs / durationMs)),
  };
}

function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
