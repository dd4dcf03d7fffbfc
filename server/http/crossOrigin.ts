import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { isOriginAllowed } from '../auth/originPolicy.ts';

/** CORS by configuration. A page of another origin is refused before anything is done for it. */
export function crossOrigin({ publicUrl, corsOrigins }: Config['http']): RequestHandler[] {
  return [
    (request, _response, next) => {
      const allowed = isOriginAllowed({ origin: request.get('Origin'), host: request.host, publicUrl, corsOrigins });
      next(allowed ? undefined : new ChaxiError('originNotAllowed'));
    },
    cors({
      origin: corsOrigins.includes('*') ? '*' : corsOrigins,
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      allowedHeaders: ['Authorization', 'Content-Type'],
      exposedHeaders: ['Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
  ];
}
