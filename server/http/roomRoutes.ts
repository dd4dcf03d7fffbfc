import { Router, type Request } from 'express';
import type { Config } from '../../config/schema.ts';
import { inviteIdSchema } from '../../protocol/invites.ts';
import { limits } from '../../protocol/limits.ts';
import { roomNameSchema } from '../../protocol/participants.ts';
import { guideInputSchema } from '../../protocol/guide.ts';
import { createRoomSchema, postInviteSchema, stillPageSchema } from '../../protocol/rest.ts';
import { parseInput } from '../base/parseInput.ts';
import { authenticate, tenantIn } from './authenticate.ts';
import type { InviteService } from './inviteService.ts';
import { jsonBody } from './jsonBody.ts';
import { queryOf } from './queryOf.ts';
import type { RoomService } from './roomService.ts';
import type { StillService } from './stillService.ts';
import type { TastingExportService, TastingService } from './tastingService.ts';

export interface RoomRoutesOptions {
  auth: Config['auth'];
  rooms: RoomService;
  stills: StillService;
  tastings: TastingService;
  tastingExports: TastingExportService;
  invites: InviteService;
}

/** `/v1/rooms`, for the backends of shops. openApi.ts describes it. */
export function roomRoutes({ auth, rooms, stills, tastings, tastingExports, invites }: RoomRoutesOptions): Router {
  const router = Router();
  const tenantOf = tenantIn(auth);
  const keyOf = (request: Request) => ({ tenant: tenantOf(request), room: parseName(request) });
  router.use(authenticate(auth));

  router
    .route('/')
    .post(jsonBody(limits.messageBytes), async (request, response) => {
      const room = await rooms.createRoom(tenantOf(request), parseInput(createRoomSchema, request.body));
      response
        .status(201)
        .location(`${request.baseUrl}/${encodeURIComponent(room.name)}`)
        .json(room);
    })
    .get(async (request, response) => {
      response.json({ rooms: await rooms.listRooms(tenantOf(request)) });
    });

  router
    .route('/:name')
    .get(async (request, response) => {
      response.json(await rooms.getRoom(tenantOf(request), parseName(request)));
    })
    .delete(async (request, response) => {
      await rooms.closeRoom(tenantOf(request), parseName(request));
      response.status(204).end();
    });

  // Guides, notes and stills stay when their room is closed, so these do not ask whether it is open.
  router.route('/:name/stills').get(async (request, response) => {
    const page = parseInput(stillPageSchema, Object.fromEntries(queryOf(request)));
    response.json({ stills: await stills.listStills(tenantOf(request), parseName(request), page) });
  });

  router.route('/:name/stills/:stillId').delete(async (request, response) => {
    await stills.removeStill(tenantOf(request), parseName(request), String(request.params.stillId));
    response.status(204).end();
  });

  router
    .route('/:name/guide')
    .get(async (request, response) => {
      response.json(await tastings.readGuide(tenantOf(request), parseName(request)));
    })
    // Indented, or with each character escaped, it is longer than it counts.
    .put(jsonBody(4 * limits.guideBytes), async (request, response) => {
      const guide = parseInput(guideInputSchema, request.body);
      response.json(await tastings.putGuide(tenantOf(request), parseName(request), guide));
    })
    .delete(async (request, response) => {
      await tastings.putGuide(tenantOf(request), parseName(request), null);
      response.status(204).end();
    });

  router.route('/:name/notes').get(async (request, response) => {
    response.json(await tastingExports.ofRoom(tenantOf(request), parseName(request)));
  });

  // Invitations too are made before a room is open, and stay.
  router
    .route('/:name/invites')
    .post(jsonBody(limits.messageBytes), async (request, response) => {
      const { createdBy, ...asked } = parseInput(postInviteSchema, request.body);
      response.status(201).json(await invites.create(keyOf(request), createdBy, asked));
    })
    .get(async (request, response) => {
      response.json({ invites: await invites.list(keyOf(request)) });
    });

  router.route('/:name/invites/:inviteId').delete(async (request, response) => {
    await invites.revoke(keyOf(request), parseInput(inviteIdSchema, request.params.inviteId, 'inviteId'));
    response.status(204).end();
  });

  return router;
}

function parseName(request: Request): string {
  return parseInput(roomNameSchema, request.params.name, 'name');
}
