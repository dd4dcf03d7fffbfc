import { z } from 'zod';
import { conversationIdSchema, conversationSchema } from '../../protocol/conversations.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import { guideSchema, guideStateSchema } from '../../protocol/guide.ts';
import { inviteIdSchema, inviteSchema } from '../../protocol/invites.ts';
import { messageSchema } from '../../protocol/messages.ts';
import { nameSchema, roomNameSchema } from '../../protocol/participants.ts';
import {
  conversationListSchema,
  conversationPageSchema,
  createConversationSchema,
  createRoomSchema,
  inviteListSchema,
  memberListSchema,
  memberPageSchema,
  personalDataSchema,
  postInviteSchema,
  postMessageSchema,
  putMembersSchema,
  roomDetailSchema,
  roomListSchema,
  roomSchema,
  stillListSchema,
  stillPageSchema,
} from '../../protocol/rest.ts';
import { errorBodySchema } from '../../protocol/signaling.ts';
import { stillSchema } from '../../protocol/stills.ts';
import { tastingExportSchema } from '../../protocol/tastingNotes.ts';

export const inputSchemas = {
  CreateRoom: createRoomSchema,
  RoomName: roomNameSchema,
  Guide: guideSchema,
  StillId: stillPageSchema.shape.before.unwrap(),
  PageLimit: stillPageSchema.shape.limit,
  PostInvite: postInviteSchema,
  InviteId: inviteIdSchema,
  CreateConversation: createConversationSchema,
  PutMembers: putMembersSchema,
  PostMessage: postMessageSchema,
  ConversationId: conversationIdSchema,
  Identity: nameSchema,
  ConversationLimit: conversationPageSchema.shape.limit,
  MemberLimit: memberPageSchema.shape.limit,
};
export const outputSchemas = {
  Room: roomSchema,
  RoomDetail: roomDetailSchema,
  RoomList: roomListSchema,
  Still: stillSchema,
  StillList: stillListSchema,
  GuideState: guideStateSchema,
  TastingExport: tastingExportSchema,
  Invite: inviteSchema,
  InviteList: inviteListSchema,
  Conversation: conversationSchema,
  ConversationList: conversationListSchema,
  MemberList: memberListSchema,
  Message: messageSchema,
  PersonalData: personalDataSchema,
  Error: z.object({ error: errorBodySchema }),
};

/** Parameters, with the schema of each; `name` where that is another one. */
export const parameters = {
  name: { in: 'path', required: true, schema: 'RoomName', description: 'Name of the room.' },
  stillId: { in: 'path', required: true, schema: 'StillId', description: 'Id of the still.' },
  inviteId: { in: 'path', required: true, schema: 'InviteId', description: 'Id of the invitation.' },
  before: { in: 'query', required: false, schema: 'StillId', description: 'Only stills that are older than this one.' },
  limit: { in: 'query', required: false, schema: 'PageLimit', description: 'How many stills at most.' },
  conversationId: { in: 'path', required: true, schema: 'ConversationId', description: 'Id of the conversation.' },
  memberIdentity: { name: 'identity', in: 'path', required: true, schema: 'Identity', description: 'Of the member.' },
  personIdentity: { name: 'identity', in: 'path', required: true, schema: 'Identity', description: 'Of the person.' },
  listedIdentity: { name: 'identity', in: 'query', required: true, schema: 'Identity', description: 'Of the person.' },
  afterConversation: {
    name: 'after',
    in: 'query',
    required: false,
    schema: 'ConversationId',
    description: 'Only those that follow this one in the order of the latest message.',
  },
  afterMember: {
    name: 'after',
    in: 'query',
    required: false,
    schema: 'Identity',
    description: 'Only members that follow this one, by identity.',
  },
  conversationLimit: {
    name: 'limit',
    in: 'query',
    required: false,
    schema: 'ConversationLimit',
    description: 'How many conversations at most.',
  },
  memberLimit: {
    name: 'limit',
    in: 'query',
    required: false,
    schema: 'MemberLimit',
    description: 'How many members at most.',
  },
} as const;

export interface Operation {
  operationId: string;
  summary: string;
  body?: keyof typeof inputSchemas;
  parameters: (keyof typeof parameters)[];
  success: { status: number; description: string; schema?: keyof typeof outputSchemas };
  errors: ErrorCode[];
}

export const operations: Record<string, Record<string, Operation>> = {
  '/v1/rooms': {
    post: {
      operationId: 'createRoom',
      summary: 'Creates a room.',
      body: 'CreateRoom',
      parameters: [],
      success: { status: 201, description: 'The room; its address is in Location.', schema: 'Room' },
      errors: ['badRequest', 'roomExists', 'messageTooLarge', 'limitReached', 'serverDraining'],
    },
    get: {
      operationId: 'listRooms',
      summary: 'Lists the open rooms of this API key.',
      parameters: [],
      success: { status: 200, description: 'The rooms.', schema: 'RoomList' },
      errors: [],
    },
  },
  '/v1/rooms/{name}': {
    get: {
      operationId: 'getRoom',
      summary: 'Reads a room and who is in it.',
      parameters: ['name'],
      success: { status: 200, description: 'The room.', schema: 'RoomDetail' },
      errors: ['badRequest', 'roomNotFound'],
    },
    delete: {
      operationId: 'closeRoom',
      summary: 'Closes a room; everyone in it gets `roomClosed`.',
      parameters: ['name'],
      success: { status: 204, description: 'The room is closed.' },
      errors: ['badRequest', 'roomNotFound'],
    },
  },
  '/v1/rooms/{name}/stills': {
    get: {
      operationId: 'listStills',
      summary: 'Lists the stills of a room, open or not, the newest first.',
      parameters: ['name', 'before', 'limit'],
      success: { status: 200, description: 'The stills; each has the path of its picture.', schema: 'StillList' },
      errors: ['badRequest', 'storageUnavailable'],
    },
  },
  '/v1/rooms/{name}/stills/{stillId}': {
    delete: {
      operationId: 'removeStill',
      summary: 'Removes a still and its picture; those in the room hear of it.',
      parameters: ['name', 'stillId'],
      success: { status: 204, description: 'The still is removed.' },
      errors: ['badRequest', 'stillNotFound', 'storageUnavailable', 'nodeUnavailable', 'clusterUnavailable'],
    },
  },
  '/v1/rooms/{name}/guide': {
    get: {
      operationId: 'getGuide',
      summary: 'Reads the tasting guide of a room, open or not.',
      parameters: ['name'],
      success: { status: 200, description: 'The guide; null where there is none.', schema: 'GuideState' },
      errors: ['badRequest', 'storageUnavailable'],
    },
    put: {
      operationId: 'putGuide',
      summary:
        'Writes the tasting guide of a room, open or not, in the place of the one it has; those in the room hear of it. It has 60,000 bytes of JSON at most.',
      body: 'Guide',
      parameters: ['name'],
      success: { status: 200, description: 'The guide as it is kept.', schema: 'GuideState' },
      errors: ['badRequest', 'messageTooLarge', 'storageUnavailable'],
    },
    delete: {
      operationId: 'deleteGuide',
      summary: 'Takes the tasting guide of a room away; those in the room hear of it. Notes on its teas stay.',
      parameters: ['name'],
      success: { status: 204, description: 'The room has no guide.' },
      errors: ['badRequest', 'storageUnavailable'],
    },
  },
  '/v1/rooms/{name}/notes': {
    get: {
      operationId: 'exportTasting',
      summary: 'Exports the tasting of a room, open or not: its guide, the notes that people share, and its stills.',
      parameters: ['name'],
      success: { status: 200, description: 'The tasting; the newest 1,000 stills at most.', schema: 'TastingExport' },
      errors: ['badRequest', 'storageUnavailable'],
    },
  },
  '/v1/rooms/{name}/invites': {
    post: {
      operationId: 'createInvite',
      summary: 'Makes an invitation to a room, open or not: a link that lets someone in without a token of the shop.',
      body: 'PostInvite',
      parameters: ['name'],
      success: { status: 201, description: 'The invitation, with the path of its link.', schema: 'Invite' },
      errors: ['badRequest', 'messageTooLarge', 'limitReached', 'storageUnavailable'],
    },
    get: {
      operationId: 'listInvites',
      summary: 'Lists the invitations to a room, the newest first, with how far who was invited has come.',
      parameters: ['name'],
      success: { status: 200, description: 'The invitations.', schema: 'InviteList' },
      errors: ['badRequest', 'storageUnavailable', 'nodeUnavailable', 'clusterUnavailable'],
    },
  },
  '/v1/rooms/{name}/invites/{inviteId}': {
    delete: {
      operationId: 'revokeInvite',
      summary: 'Takes an invitation back; who waits in the lobby by it is sent away.',
      parameters: ['name', 'inviteId'],
      success: { status: 204, description: 'It lets nobody in any more.' },
      errors: ['badRequest', 'inviteNotFound', 'storageUnavailable', 'nodeUnavailable', 'clusterUnavailable'],
    },
  },
  '/v1/conversations': {
    post: {
      operationId: 'createConversation',
      summary: 'Creates a group, or opens the conversation of a customer with the shop.',
      body: 'CreateConversation',
      parameters: [],
      success: { status: 201, description: 'The conversation; its address is in Location.', schema: 'Conversation' },
      errors: ['badRequest', 'messageTooLarge', 'limitReached', 'storageUnavailable'],
    },
    get: {
      operationId: 'listConversations',
      summary: 'Lists the conversations of a person, the one with the latest message first.',
      parameters: ['listedIdentity', 'afterConversation', 'conversationLimit'],
      success: { status: 200, description: 'The conversations as this person sees them.', schema: 'ConversationList' },
      errors: ['badRequest', 'conversationNotFound', 'storageUnavailable'],
    },
  },
  '/v1/conversations/{conversationId}': {
    get: {
      operationId: 'getConversation',
      summary: 'Reads a conversation.',
      parameters: ['conversationId'],
      success: { status: 200, description: 'The conversation.', schema: 'Conversation' },
      errors: ['badRequest', 'conversationNotFound', 'storageUnavailable'],
    },
    delete: {
      operationId: 'deleteConversation',
      summary: 'Deletes a conversation with all its messages and files, for everyone.',
      parameters: ['conversationId'],
      success: { status: 204, description: 'The conversation is deleted.' },
      errors: ['badRequest', 'conversationNotFound', 'storageUnavailable'],
    },
  },
  '/v1/conversations/{conversationId}/members': {
    get: {
      operationId: 'listMembers',
      summary: 'Lists the members of a conversation.',
      parameters: ['conversationId', 'afterMember', 'memberLimit'],
      success: { status: 200, description: 'The members, by identity.', schema: 'MemberList' },
      errors: ['badRequest', 'conversationNotFound', 'storageUnavailable'],
    },
    put: {
      operationId: 'putMembers',
      summary: 'Takes people into a group, or gives members another name or role.',
      body: 'PutMembers',
      parameters: ['conversationId'],
      success: { status: 204, description: 'They are members.' },
      errors: [
        'badRequest',
        'notAllowed',
        'conversationNotFound',
        'messageTooLarge',
        'limitReached',
        'storageUnavailable',
      ],
    },
  },
  '/v1/conversations/{conversationId}/members/{identity}': {
    delete: {
      operationId: 'removeMember',
      summary: 'Ends a membership in a group or in the conversation of a room.',
      parameters: ['conversationId', 'memberIdentity'],
      success: { status: 204, description: 'That person is no member.' },
      errors: ['badRequest', 'notAllowed', 'conversationNotFound', 'storageUnavailable'],
    },
  },
  '/v1/conversations/{conversationId}/messages': {
    post: {
      operationId: 'postMessage',
      summary: 'Sends a message in the name of the shop; sent again with the same clientId, it is stored once.',
      body: 'PostMessage',
      parameters: ['conversationId'],
      success: { status: 200, description: 'The message as it is stored.', schema: 'Message' },
      errors: [
        'badRequest',
        'conversationNotFound',
        'messageNotFound',
        'attachmentNotFound',
        'fileNotSupported',
        'messageTooLarge',
        'storageUnavailable',
      ],
    },
  },
  '/v1/people/{identity}/export': {
    get: {
      operationId: 'exportPerson',
      summary:
        'Tells all that is kept of a person: memberships, messages that they sent, files, tasting notes, invitations, bans, and the role of the host that they gave or got.',
      parameters: ['personIdentity'],
      success: { status: 200, description: 'The records, as a stream.', schema: 'PersonalData' },
      errors: ['badRequest', 'storageUnavailable'],
    },
  },
  '/v1/people/{identity}': {
    delete: {
      operationId: 'forgetPerson',
      summary:
        'Deletes all that is kept of a person; what they wrote is deleted for everyone. Of a ban the identity stays, so that it holds.',
      parameters: ['personIdentity'],
      success: { status: 204, description: 'Nothing else is kept of that person any more.' },
      errors: ['badRequest', 'storageUnavailable'],
    },
  },
};
