import { Router } from 'express';
import { redeemInviteSchema } from '../../protocol/invites.ts';
import { limits } from '../../protocol/limits.ts';
import { parseInput } from '../base/parseInput.ts';
import type { InviteService } from './inviteService.ts';
import { jsonBody } from './jsonBody.ts';
import { rateLimit } from './rateLimit.ts';

/** `/invites/redeem`: whoever has the link of an invitation gets in by it; the code in it is all that is asked of them. */
export function inviteRoutes(invites: Pick<InviteService, 'redeem'>, requestsPerMinute: number): Router {
  const router = Router();
  router.post('/redeem', rateLimit(requestsPerMinute), jsonBody(limits.messageBytes), async (request, response) => {
    const redeemed = await invites.redeem(parseInput(redeemInviteSchema, request.body));
    response.set('Cache-Control', 'no-store').json(redeemed);
  });
  return router;
}
