import type { ErrorCode } from '../../../protocol/errorCodes.ts';
import { isTransient } from '../policies/retryPolicy.ts';

export interface RefusedNote {
  code: ErrorCode;
  /** Failures in a row before this one. */
  failures: number;
}

/** `wait`: the next welcome, stage or change sends it. `drop`: the server will never take it. */
export type NoteVerdict = { do: 'retry'; delayMs: number } | { do: 'wait' } | { do: 'drop' };

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** A note at which the server stumbles must not wait for ever. */
const STUMBLES = 5;

/** What to do after a change of a note was not stored. */
export function judgeRefusedNote({ code, failures }: RefusedNote): NoteVerdict {
  if (code === 'invalidState' || code === 'wrongStage') return { do: 'wait' };
  const isPassing = code === 'internal' ? failures < STUMBLES : isTransient(code) || code === 'storageUnavailable';
  if (!isPassing) return { do: 'drop' };
  return { do: 'retry', delayMs: Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS) };
}
