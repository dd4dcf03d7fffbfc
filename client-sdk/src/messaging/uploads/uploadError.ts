import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../../protocol/errorCodes.ts';

/** What was answered to a request of an upload. */
export interface UploadAnswer {
  status: number;
  body: string;
}

/** Where an answer has no body, as that to HEAD, or one in the words of what is between here and the server. */
const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'attachmentNotFound',
  404: 'attachmentNotFound',
  413: 'fileTooLarge',
  415: 'fileNotSupported',
  429: 'rateLimited',
  503: 'storageUnavailable',
};

/** Why an upload failed; undefined: nothing was answered. Whatever another attempt may cure has a code that says so. */
export function uploadError(answer: UploadAnswer | undefined, cause: unknown): ChaxiError {
  if (!answer) return new ChaxiError('serverUnreachable', { cause });
  const told = ChaxiError.fromBody(bodyOf(answer.body));
  // That another request got further says nothing against the next attempt.
  if (told.code !== 'internal' && told.code !== 'wrongStage') return told;
  return new ChaxiError(codesByStatus[answer.status] ?? 'serverUnreachable', { cause });
}

/** The same request may succeed now: the network failed, it took too long, another one got further, or the server stumbled. */
export function mayTryAgain(answer: UploadAnswer | undefined): boolean {
  return !answer || answer.status === 408 || answer.status === 409 || answer.status >= 500;
}

function bodyOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: unknown } | null)?.error;
  } catch {
    return undefined;
  }
}
