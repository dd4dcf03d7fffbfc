import type { ErrorRequestHandler } from 'express';
import type { Metrics } from '../base/Metrics.ts';
import { contextOf } from './requestContext.ts';
import { toChaxiError } from './toChaxiError.ts';

/** The one place where a request fails: logs, counts, and answers `{error: ErrorBody}`. */
export function errorHandler(metrics: Metrics): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = toChaxiError(thrown);
    const { logger } = contextOf(request);
    metrics.countError(error.code);
    if (error.code === 'internal') {
      logger.error('request failed', { error: thrown, method: request.method, url: request.originalUrl });
    } else {
      logger.debug('request refused', { code: error.code, path: error.path, reason: error.message });
    }
    if (response.headersSent) {
      // Express' last handler cuts the connection: half an answer must not look like a whole one.
      next();
      return;
    }
    if (error.code === 'credentialsInvalid') {
      response.set('WWW-Authenticate', 'Basic realm="chaxi"');
    }
    response.status(error.status).set('Cache-Control', 'no-store').json({ error: error.toBody() });
  };
}
