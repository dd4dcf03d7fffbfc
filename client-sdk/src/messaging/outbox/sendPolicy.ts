import type { ErrorCode } from '../../../../protocol/errorCodes.ts';
import { limits } from '../../../../protocol/limits.ts';
import { mayPass } from '../mayPass.ts';

export interface RefusedBatch {
  code: ErrorCode;
  /** Messages in it. */
  size: number;
  /** Attempts in a row before this one that failed; 0 for the first. */
  attempt: number;
  /** How often the first of them was refused already for what may pass, though it is no matter of the network. */
  refusals: number;
}

/**
 * `retry`: the same again after a while. `single`: one of several is to blame, and all were refused with it, so they go one by one.
 * `upload`: the server has forgotten the file. `fail`: it will never be taken.
 */
export type RefusalVerdict = { do: 'retry'; delayMs: number } | { do: 'single' } | { do: 'upload' } | { do: 'fail' };

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 15_000;
const JITTER = 0.5;
/** A message at which the server stumbles must not hold up the others for ever. */
const STUMBLES = 5;
/** A file that is gone again each time. */
const UPLOADS = 2;

/** What to do after messages were not stored. `random` is in [0, 1). */
export function judgeRefusal({ code, size, attempt, refusals }: RefusedBatch, random: number): RefusalVerdict {
  // `invalidState`: the messenger was closed meanwhile.
  const isPassing = code === 'internal' ? refusals < STUMBLES : mayPass(code) || code === 'invalidState';
  if (isPassing) {
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
    return { do: 'retry', delayMs: Math.round(delayMs * (1 + JITTER * random)) };
  }
  if (size > 1) return { do: 'single' };
  if (code === 'attachmentNotFound' && refusals < UPLOADS) return { do: 'upload' };
  return { do: 'fail' };
}

/** Half of what the server takes at once: room for what stands around the text. */
const BATCH_BYTES = limits.realtimeBytes / 2;

/** How many of the first messages go together; at least one. */
export function batchSize(sizesBytes: readonly number[]): number {
  let bytes = 0;
  const end = sizesBytes.findIndex((size) => (bytes += size) > BATCH_BYTES);
  const fitting = end === -1 ? sizesBytes.length : end;
  return Math.min(Math.max(fitting, 1), limits.messagesAtOnce);
}
