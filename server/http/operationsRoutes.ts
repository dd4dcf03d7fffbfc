import { Router } from 'express';
import type { Metrics } from '../base/Metrics.ts';
import type { Health } from './health.ts';
import { rateLimit } from './rateLimit.ts';

/** What an operator's tools ask for: `/healthz` and `/readyz`, which no limit may hide, and `/metrics`. */
export function operationsRoutes(health: Health, metrics: Metrics, requestsPerMinute: number): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/healthz', (_request, response) => {
    const live = health.live();
    response.status(live ? 200 : 503).json({ live });
  });
  router.get('/readyz', (_request, response) => {
    const state = health.ready();
    response.status(state.ready ? 200 : 503).json(state);
  });
  router.get('/metrics', rateLimit(requestsPerMinute), async (_request, response) => {
    const { contentType, text } = await metrics.render();
    response.set('Content-Type', contentType).send(text);
  });
  return router;
}
