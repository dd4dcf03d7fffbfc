import express, { type RequestHandler } from 'express';
import { ChaxiError } from '../../protocol/ChaxiError.ts';

/** Reads a body that must be JSON. */
export function jsonBody(maxBytes: number): RequestHandler {
  const parse = express.json({ limit: maxBytes });
  return (request, response, next) => {
    if (!request.is('application/json')) {
      throw new ChaxiError('badRequest', { message: 'Send the body as JSON with Content-Type application/json.' });
    }
    parse(request, response, next);
  };
}
