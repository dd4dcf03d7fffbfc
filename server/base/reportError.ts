import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './Metrics.ts';

/**
 * Counts and logs what a request ended with, and gives what of it the client may see. What was asked is not logged: it may be
 * what people write.
 */
export function reportError(
  error: unknown,
  method: string,
  { metrics, logger }: { metrics: Metrics; logger: Logger },
): ChaxiError {
  const known = error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error });
  metrics.countError(known.code);
  const fields = { method, code: known.code, path: known.path, cause: known.cause };
  if (known.code === 'internal') logger.error('request failed', fields);
  else logger.debug('request refused', fields);
  return known;
}
