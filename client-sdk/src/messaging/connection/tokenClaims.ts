import { ChaxiError } from '../../../../protocol/ChaxiError.ts';

/** What a messenger has to know of a token before the server has seen it: whose messages lie on this device. */
export interface TokenClaims {
  apiKey: string;
  identity: string;
  name: string;
  /** Stands at the shop's counter: what waits was written with other rights than those of a customer. */
  counter: boolean;
}

/** Reads a token without checking it, which only the server can. @throws ChaxiError tokenInvalid */
export function tokenClaims(token: string): TokenClaims {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const { iss, sub, name, counter } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (typeof iss !== 'string' || typeof sub !== 'string') throw new Error('no issuer or subject');
    return { apiKey: iss, identity: sub, name: typeof name === 'string' ? name : sub, counter: counter === true };
  } catch (error) {
    throw new ChaxiError('tokenInvalid', { cause: error });
  }
}
