import { Router, type Request } from 'express';
import type { Config } from '../../config/schema.ts';
import { conversationIdSchema } from '../../protocol/conversations.ts';
import { limits } from '../../protocol/limits.ts';
import { nameSchema } from '../../protocol/participants.ts';
import {
  conversationPageSchema,
  createConversationSchema,
  memberPageSchema,
  postMessageSchema,
  putMembersSchema,
} from '../../protocol/rest.ts';
import { parseInput } from '../base/parseInput.ts';
import { authenticate, tenantIn } from './authenticate.ts';
import type { ConversationService } from './conversationService.ts';
import { jsonBody } from './jsonBody.ts';
import { queryOf } from './queryOf.ts';

/** `/v1/conversations`, for the backends of shops. apiOperations.ts describes it. */
export function conversationRoutes(auth: Config['auth'], conversations: ConversationService): Router {
  const router = Router();
  const tenantOf = tenantIn(auth);
  // As much as a page may send at once.
  const body = jsonBody(limits.realtimeBytes);
  router.use(authenticate(auth));

  router
    .route('/')
    .post(body, async (request, response) => {
      const asked = parseInput(createConversationSchema, request.body);
      const conversation = await conversations.create(tenantOf(request), asked);
      response.status(201).location(`${request.baseUrl}/${conversation.conversationId}`).json(conversation);
    })
    .get(async (request, response) => {
      const page = parseInput(conversationPageSchema, Object.fromEntries(queryOf(request)));
      response.json(await conversations.listOf(tenantOf(request), page));
    });

  router
    .route('/:conversationId')
    .get(async (request, response) => {
      response.json(await conversations.get(tenantOf(request), idOf(request)));
    })
    .delete(async (request, response) => {
      await conversations.delete(tenantOf(request), idOf(request));
      response.status(204).end();
    });

  router
    .route('/:conversationId/members')
    .get(async (request, response) => {
      const page = parseInput(memberPageSchema, Object.fromEntries(queryOf(request)));
      response.json(await conversations.listMembers(tenantOf(request), idOf(request), page));
    })
    .put(body, async (request, response) => {
      const { members } = parseInput(putMembersSchema, request.body);
      await conversations.putMembers(tenantOf(request), idOf(request), members);
      response.status(204).end();
    });

  router.delete('/:conversationId/members/:identity', async (request, response) => {
    const identity = parseInput(nameSchema, request.params.identity, 'identity');
    await conversations.removeMember(tenantOf(request), idOf(request), identity);
    response.status(204).end();
  });

  router.post('/:conversationId/messages', body, async (request, response) => {
    const message = parseInput(postMessageSchema, request.body);
    response.json(await conversations.post(tenantOf(request), idOf(request), message));
  });

  return router;
}

function idOf(request: Request): string {
  return parseInput(conversationIdSchema, request.params.conversationId, 'conversationId');
}
