import { ChaxiError, type ErrorCode } from '../../../client-sdk/src/index.ts';

/** The code to show words for; what was not foreseen is a fault of the program. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof ChaxiError ? error.code : 'internal';
}
