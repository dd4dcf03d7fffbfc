import { Router } from 'express';
import type { Config } from '../../config/schema.ts';
import { verifyAccessToken } from '../auth/accessToken.ts';
import { bearerOf } from './bearerOf.ts';
import { rateLimit } from './rateLimit.ts';
import type { TastingExportService } from './tastingService.ts';

export const TASTING_PATH = '/tasting';

/** `/tasting`: what a person takes along of the room that their access token names. */
export function tastingRoutes(
  { apiKeys }: Config['auth'],
  exports: TastingExportService,
  requestsPerMinute: number,
): Router {
  const router = Router();
  router.get('/', rateLimit(requestsPerMinute), async (request, response) => {
    const { tenant, claims } = await verifyAccessToken(bearerOf(request), apiKeys);
    response.set('Cache-Control', 'no-store').json(await exports.ofPerson(tenant, claims));
  });
  return router;
}
