import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { isOriginAllowed } from '../auth/originPolicy.ts';

/**
 * CORS by configuration, and for the pages of the other nodes. A page of another origin is refused before anything is done
 * for it.
 */
export function crossOrigin({ publicUrl, corsOrigins }: Config['http'], nodeUrls: () => string[]): RequestHandler[] {
  const origins = () => [...corsOrigins, ...nodeUrls()];
  return [
    (request, _response, next) => {
      const allowed = isOriginAllowed({
        origin: request.get('Origin'),
        host: request.host,
        publicUrl,
        corsOrigins: origins(),
      });
      next(allowed ? undefined : new ChaxiError('originNotAllowed'));
    },
    cors({
      origin: (_origin, answer) => answer(null, corsOrigins.includes('*') ? '*' : origins()),
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['Authorization', 'Content-Type', 'Tus-Resumable', 'Upload-Offset'],
      exposedHeaders: [
        ...['Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
        ...['Tus-Resumable', 'Tus-Version', 'Upload-Length', 'Upload-Offset'],
      ],
      maxAge: 600,
    }),
  ];
}
