import { errors } from 'mediasoup';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';

/** The answer of a worker about a thing, or `code` where the thing has been closed or the worker has died meanwhile. */
export function unlessGone<T>(answer: Promise<T>, code: ErrorCode): Promise<T> {
  return answer.catch((error: unknown) => {
    const gone = error instanceof errors.NotFoundError || error instanceof errors.WorkerClosedError;
    throw gone ? new ChaxiError(code, { cause: error }) : error;
  });
}
