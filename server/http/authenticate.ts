import type { Request, RequestHandler } from 'express';
import type { Config } from '../../config/schema.ts';
import { verifyCredentials } from '../auth/credentials.ts';

/** Whose backend asks, by its API key and secret. */
export function tenantIn(auth: Config['auth']): (request: Request) => string {
  return (request) => verifyCredentials(request.get('Authorization'), auth.apiKeys);
}

/** Before anything else: a stranger's body is never read. */
export function authenticate(auth: Config['auth']): RequestHandler {
  const tenantOf = tenantIn(auth);
  return (request, _response, next) => {
    tenantOf(request);
    next();
  };
}
