import { z } from 'zod';
import {
  conversationIdSchema,
  conversationSchema,
  memberSchema,
  newMemberSchema,
  ownConversationSchema,
} from './conversations.ts';
import { limits } from './limits.ts';
import { attachmentIdSchema, emojiSchema, messageSchema, outgoingMessageSchema } from './messages.ts';
import { nameSchema, roomNameSchema } from './participants.ts';
import { createRoomSchema, openRoomSchema } from './rest.ts';

// Its home has no zod, so that the SDK can use it.
export { REALTIME_PATH } from './constants.ts';

/** socket.io's `auth`, checked before the connection is there. */
export const realtimeAuthSchema = z.object({
  /** Protocol version. */
  v: z.int(),
  /** Access token; one without a room is enough. */
  token: z.string().max(limits.upgradeBytes),
});
export type RealtimeAuth = z.infer<typeof realtimeAuthSchema>;

interface RequestContract {
  doc: string;
  request: z.ZodType;
  response: z.ZodType;
}

const empty = z.object({});
const conversationId = conversationIdSchema;
const seq = z.int().min(1);
const inConversation = z.object({ conversationId });
const oneMessage = z.object({ message: messageSchema });
const page = z.int().min(1).max(limits.messagesPage).default(limits.messagesPage);

/** What a person sees on opening a conversation. */
export const openedSchema = z.object({
  conversation: ownConversationSchema,
  /** Everyone where there are at most `limits.listedMembers`, else this person alone. Receipts and presence are told of those listed. */
  members: z.array(memberSchema),
  /** Identities of the members who are connected now, on whatever device and node. */
  online: z.array(z.string()),
});
export type OpenedConversation = z.infer<typeof openedSchema>;

/**
 * Requests from client to server. Each is a socket.io event of this name with one argument and an acknowledgement, which is
 * called with `{ data }` or `{ error }` (ErrorBody).
 */
export const realtimeRequests = {
  listConversations: {
    doc: 'Conversations that this person may read, the one with the latest message first.',
    request: z.object({
      /** Only those after this one in that order. */
      after: z.object({ activeAt: z.int(), conversationId }).optional(),
      limit: z.int().min(1).max(limits.conversationsPage).default(limits.conversationsPage),
    }),
    response: z.object({ conversations: z.array(ownConversationSchema), more: z.boolean() }),
  },
  openRoom: {
    doc: 'The conversation of the room of the token; made when it is first asked for. Who is in the room becomes a member; who was a member stays one.',
    request: z.object({ room: roomNameSchema }),
    response: openedSchema,
  },
  openShop: {
    doc: 'The conversation of this person, as a customer, with the shop; made when it is first asked for.',
    request: empty,
    response: openedSchema,
  },
  openConversation: { doc: 'A conversation by its id.', request: inConversation, response: openedSchema },
  createGroup: {
    doc: 'Makes a group with this person as host. Only with the grant `counter`.',
    request: z.object({
      title: nameSchema,
      members: z.array(newMemberSchema).max(limits.groupMembersAtOnce),
    }),
    response: openedSchema,
  },
  addMembers: {
    doc: 'Takes people into a group, or gives those in it another name or role. Hosts only.',
    request: inConversation.extend({ members: z.array(newMemberSchema).min(1).max(limits.groupMembersAtOnce) }),
    response: empty,
  },
  removeMember: {
    doc: 'Ends a membership. Hosts only, but everyone may leave.',
    request: inConversation.extend({ identity: nameSchema }),
    response: empty,
  },
  listMembers: {
    doc: 'Members by identity, in that order.',
    request: inConversation.extend({ after: nameSchema.optional(), limit: page }),
    response: z.object({ members: z.array(memberSchema), more: z.boolean() }),
  },
  history: {
    doc: 'Messages before one, the latest first; without `before` the last ones.',
    request: inConversation.extend({ before: seq.optional(), limit: page }),
    response: z.object({ messages: z.array(messageSchema), more: z.boolean() }),
  },
  sync: {
    doc: 'What is new or changed after a change that the client knows, in the order of changes. Where there is `more`, ask again after the last of it.',
    request: inConversation.extend({ after: z.int().min(0), limit: page }),
    response: z.object({ messages: z.array(messageSchema), more: z.boolean() }),
  },
  send: {
    doc: 'Stores messages in this order and answers when they outlive a crash, each with its `seq`. What was stored before is not stored again. All or none.',
    request: inConversation.extend({
      messages: z.array(outgoingMessageSchema).min(1).max(limits.messagesAtOnce),
    }),
    response: z.object({ messages: z.array(messageSchema) }),
  },
  edit: {
    doc: 'Changes the text of an own message.',
    request: inConversation.extend({
      seq,
      text: z.string().min(1).max(limits.messageText),
      mentions: z.array(nameSchema).max(limits.mentions).default([]),
    }),
    response: oneMessage,
  },
  deleteMessage: {
    doc: 'Deletes a message for all: an own one, and for hosts anyone’s.',
    request: inConversation.extend({ seq }),
    response: oneMessage,
  },
  react: {
    doc: 'Puts an own reaction to a message, or takes it away.',
    request: inConversation.extend({ seq, emoji: emojiSchema, on: z.boolean() }),
    response: oneMessage,
  },
  markDelivered: {
    doc: 'Every message up to this one has reached this device. Smaller numbers than before change nothing.',
    request: inConversation.extend({ seq }),
    response: empty,
  },
  markRead: {
    doc: 'Every message up to this one was read; delivered too, by that. Smaller numbers than before change nothing.',
    request: inConversation.extend({ seq }),
    response: empty,
  },
  listRooms: {
    doc: 'The rooms of the shop that are open, on whatever node, the one where someone waits longest first; from then on `roomsChanged` tells when to ask again. Only with the grant `counter`.',
    request: empty,
    response: z.object({ rooms: z.array(openRoomSchema) }),
  },
  createRoom: {
    doc: 'Opens a room. Only with the grant `counter`.',
    request: createRoomSchema.pick({ name: true, lobby: true, metadata: true }),
    response: z.object({ room: openRoomSchema }),
  },
  enterRoom: {
    doc: 'A token with which this person enters a room of the shop as host; good for twelve hours, but no longer than the token of this person. Only with the grant `counter`.',
    request: z.object({ room: roomNameSchema }),
    response: z.object({ token: z.string() }),
  },
  search: {
    doc: 'Messages whose text has all these words, the latest first; in one conversation, or in all that this person may read.',
    request: z.object({
      conversationId: conversationId.optional(),
      query: z.string().min(1).max(limits.searchText).regex(/\S/u),
      /** Only messages that were sent before this one. */
      before: z.object({ sentAt: z.int(), conversationId, seq }).optional(),
      limit: z.int().min(1).max(limits.searchPage).default(limits.searchPage),
    }),
    response: z.object({ messages: z.array(messageSchema), more: z.boolean() }),
  },
  createAttachment: {
    doc: 'Begins an upload, by tus 1.0 at `path`, as docs/protocol.md says. It is the uploader’s alone until a message has it.',
    request: inConversation.extend({
      name: z.string().min(1).max(limits.fileName),
      sizeBytes: z.int().min(1),
    }),
    response: z.object({
      attachmentId: attachmentIdSchema,
      /** Below the server's address. */
      path: z.string(),
      /** Goes with each request of the upload, as `Authorization: Bearer {token}`. */
      token: z.string(),
      /** Address of the node that takes it, in a cluster without shared storage. Absent: the server that was asked. */
      serverUrl: z.string().optional(),
      /** Larger files are refused. */
      maxBytes: z.int(),
    }),
  },
  attachmentUrl: {
    doc: 'Where an attachment of a message can be had, for a while.',
    request: inConversation.extend({ attachmentId: attachmentIdSchema }),
    response: z.object({
      /** Below `serverUrl`, or else the server's address; signed. */
      path: z.string(),
      /** A small picture of it; null where there is none. */
      previewPath: z.string().nullable(),
      serverUrl: z.string().optional(),
      /** Milliseconds from now. */
      expiresInMs: z.int(),
    }),
  },
} as const satisfies Record<string, RequestContract>;

export type RealtimeMethod = keyof typeof realtimeRequests;
/** As the server has it after parsing. */
export type RealtimeRequest<M extends RealtimeMethod> = z.output<(typeof realtimeRequests)[M]['request']>;
/** As a client may write it, what has a default left out. */
export type RealtimeRequestInput<M extends RealtimeMethod> = z.input<(typeof realtimeRequests)[M]['request']>;
export type RealtimeResponse<M extends RealtimeMethod> = z.infer<(typeof realtimeRequests)[M]['response']>;

/** From client to server without an answer. */
export const realtimeNotices = {
  typing: {
    doc: 'This person is writing. To be said again every 3 s; 5 s after the last time nobody shows it any more.',
    data: inConversation,
  },
} as const;

/** From server to client, each a socket.io event of this name with one argument. */
export const realtimeEvents = {
  messages: {
    doc: 'Messages that are new or changed, in the order of changes. `previous` is the change before the first of them: who does not know it has missed something, and asks by `sync`. Without messages it only says how far the conversation has come.',
    data: z.object({ conversationId, previous: z.int(), messages: z.array(messageSchema) }),
  },
  conversation: {
    doc: 'A conversation is new to this person, or its title or number of members is another one.',
    data: z.object({ conversation: conversationSchema }),
  },
  conversationGone: {
    doc: 'This person is no longer a member, or the conversation was deleted.',
    data: inConversation,
  },
  members: {
    doc: 'Members who came or changed, and identities of those who are gone; only where members are listed.',
    data: inConversation.extend({ members: z.array(memberSchema), gone: z.array(z.string()) }),
  },
  receipts: {
    doc: 'How far members have got; of oneself too, from other devices. Only where members are listed, but always of oneself.',
    data: inConversation.extend({
      receipts: z.array(z.object({ identity: z.string(), deliveredSeq: z.int(), readSeq: z.int() })),
    }),
  },
  typing: {
    doc: 'Someone else is writing. Not told where members are not listed.',
    data: inConversation.extend({ identity: z.string(), name: z.string() }),
  },
  presence: {
    doc: 'A member of a conversation with listed members came or has gone.',
    data: z.object({ identity: z.string(), online: z.boolean() }),
  },
  roomsChanged: {
    doc: 'Someone came, left or waits in a room of the shop, or a room opened or closed; at most once a second, to who asked by `listRooms`.',
    data: empty,
  },
  resync: {
    doc: 'Something may have been missed, whereof nobody knows what. Ask for all again: conversations, and `sync` of each that is open.',
    data: empty,
  },
  otherNodes: {
    doc: 'Comes first where there are several nodes: addresses at which a client goes on when this node is gone.',
    data: z.object({ urls: z.array(z.string()) }),
  },
  closed: {
    doc: 'Why the server ends the connection; the socket closes after it.',
    data: z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
  },
} as const;

export type RealtimeEvent = keyof typeof realtimeEvents;
export type RealtimeEventData<E extends RealtimeEvent> = z.infer<(typeof realtimeEvents)[E]['data']>;
