import type { Request } from 'express';
import { ChaxiError } from '../../protocol/ChaxiError.ts';

/** The token of a request (RFC 6750 section 2.1). @throws tokenMissing */
export function bearerOf(request: Request): string {
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(request.get('Authorization') ?? '')?.[1];
  if (token === undefined) throw new ChaxiError('tokenMissing');
  return token;
}
