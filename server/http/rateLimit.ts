import type { RequestHandler } from 'express';
import { rateLimit as expressRateLimit } from 'express-rate-limit';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { FixedWindowStore } from './FixedWindowStore.ts';

const WINDOW_MS = 60_000;

/** Refuses an address (IPv6: its /56) that sends more requests than this in a minute, and says when to come again. */
export function rateLimit(requestsPerMinute: number): RequestHandler {
  return expressRateLimit({
    windowMs: WINDOW_MS,
    limit: requestsPerMinute,
    store: new FixedWindowStore(WINDOW_MS),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its checks only write advice to the console, which is not our log.
    validate: false,
    handler: (_request, _response, next) => next(new ChaxiError('rateLimited')),
  });
}
