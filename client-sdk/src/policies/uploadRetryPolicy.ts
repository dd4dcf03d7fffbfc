export interface UploadContext {
  /** 0 before the second attempt. */
  attempt: number;
  /** Until the server no longer takes it. */
  remainingMs: number;
  /** HTTP status of the answer; null where there was none. */
  status: number | null;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4_000;

/** Before the next attempt to send a picture; null where another one is of no use. */
export function uploadRetryDelay({ attempt, remainingMs, status }: UploadContext): number | null {
  const mayPass = status === null || status === 408 || status === 429 || status >= 500;
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
  return mayPass && delayMs < remainingMs ? delayMs : null;
}
