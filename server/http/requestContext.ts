import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from '../base/logger.ts';

export interface RequestContext {
  requestId: string;
  /** Has the request's id in every line. */
  logger: Logger;
}

const contexts = new WeakMap<Request, RequestContext>();

/** What requestContext() made for this request. */
export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (context === undefined) {
    throw new TypeError('requestContext() must be the first middleware');
  }
  return context;
}

/** Gives each request an id, in its log lines and in the header X-Request-Id; a proxy that is trusted may choose it. */
export function requestContext(logger: Logger, trustProxy: number): RequestHandler {
  return (request, response, next) => {
    const given = trustProxy > 0 ? request.get('X-Request-Id') : undefined;
    const requestId = given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    const context = { requestId, logger: logger.child({ requestId }) };
    contexts.set(request, context);
    response.set('X-Request-Id', requestId);
    const startMs = performance.now();
    response.once('finish', () => {
      context.logger.debug('request', {
        method: request.method,
        url: request.originalUrl,
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startMs),
      });
    });
    next();
  };
}
