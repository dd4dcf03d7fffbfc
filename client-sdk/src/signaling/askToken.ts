import { ChaxiError } from '../../../protocol/ChaxiError.ts';

/** @throws ChaxiError what the application throws; tokenMissing for anything else */
export async function askToken(token: string | (() => string | Promise<string>)): Promise<string> {
  try {
    return typeof token === 'function' ? await token() : token;
  } catch (error) {
    throw error instanceof ChaxiError ? error : new ChaxiError('tokenMissing', { cause: error });
  }
}
