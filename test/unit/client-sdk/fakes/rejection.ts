import { ChaxiError } from '../../../../protocol/ChaxiError.ts';

/** The ChaxiError that a promise rejects with; anything else fails the test. */
export async function rejection(promise: Promise<unknown>): Promise<ChaxiError> {
  let answer: unknown;
  try {
    answer = await promise;
  } catch (error) {
    if (error instanceof ChaxiError) return error;
    throw error;
  }
  throw new Error(`expected a rejection, but it resolved with ${JSON.stringify(answer)}`);
}
