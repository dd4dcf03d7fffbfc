import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { mayPass } from '../mayPass.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/** Asks again until there is an answer, or a refusal that will not pass. @throws ChaxiError */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ChaxiError) || !mayPass(error.code)) throw error;
    }
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}
