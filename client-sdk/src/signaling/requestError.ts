import { ChaxiError } from '../../../protocol/ChaxiError.ts';

/**
 * What a failed request means. protoo rejects with an Error that has a numeric `code` where the server answered (its text
 * is an ErrorBody as JSON), and without one where the socket went away.
 */
export function requestError(error: unknown): ChaxiError {
  if (error instanceof ChaxiError) return error;
  // A DOMException, as a socket that is not open throws it, has a code of its own: a small number from another age.
  if (!(error instanceof Error) || error instanceof DOMException || !('code' in error)) {
    return new ChaxiError('connectionLost', { cause: error });
  }
  try {
    return ChaxiError.fromBody(JSON.parse(error.message));
  } catch {
    return new ChaxiError('internal', { cause: error });
  }
}
