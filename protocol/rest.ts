import { z } from 'zod';
import {
  conversationIdSchema,
  conversationSchema,
  memberSchema,
  newMemberSchema,
  ownConversationSchema,
} from './conversations.ts';
import { createInviteSchema, inviteIdSchema, inviteSchema } from './invites.ts';
import { limits } from './limits.ts';
import { messageSchema, outgoingMessageSchema } from './messages.ts';
import { metadataSchema, nameSchema, participantInfoSchema, roleSchema, roomNameSchema } from './participants.ts';
import { banSchema } from './signaling.ts';
import { stillSchema } from './stills.ts';
import { tastingNoteSchema } from './tastingNotes.ts';

/** Settings of a room; what is left out comes from the configuration's `rooms` section. */
export const createRoomSchema = z.strictObject({
  name: roomNameSchema,
  maxParticipants: z.int().min(1).max(10_000).optional(),
  /** Milliseconds that a room without anyone stays. */
  emptyTimeoutMs: z.int().min(0).max(86_400_000).optional(),
  lobby: z.boolean().optional(),
  metadata: metadataSchema.optional(),
});
export type CreateRoom = z.infer<typeof createRoomSchema>;

export const roomSchema = z.object({
  name: z.string(),
  maxParticipants: z.int(),
  emptyTimeoutMs: z.int(),
  lobby: z.boolean(),
  metadata: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  participantCount: z.int(),
  waitingCount: z.int(),
});
export type RoomSummary = z.infer<typeof roomSchema>;

export const roomListSchema = z.object({ rooms: z.array(roomSchema) });
export type RoomList = z.infer<typeof roomListSchema>;
export const roomDetailSchema = roomSchema.extend({ participants: z.array(participantInfoSchema) });
export type RoomDetail = z.infer<typeof roomDetailSchema>;

const personSchema = z.object({ identity: z.string(), name: z.string(), role: roleSchema });

/** A room that is open, as the counter of its shop sees it. */
export const openRoomSchema = z.object({
  name: z.string(),
  metadata: z.string(),
  lobby: z.boolean(),
  locked: z.boolean(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  /** Those in it whom others see, the hosts first. */
  people: z.array(personSchema),
  /** Those before the door, who has waited longest first. */
  waiting: z.array(
    personSchema.extend({
      /** Milliseconds since 1970. */
      since: z.int(),
    }),
  ),
});
export type OpenRoom = z.infer<typeof openRoomSchema>;

/** An invitation in the name of the shop. */
export const postInviteSchema = createInviteSchema.extend({
  /** Who invites, as whoever opens it is told; need not be in the room. */
  createdBy: z.strictObject({ identity: nameSchema, name: nameSchema }),
});
export type PostInvite = z.infer<typeof postInviteSchema>;

export const inviteListSchema = z.object({ invites: z.array(inviteSchema) });

/** Query of a room's stills. */
export const stillPageSchema = z.strictObject({
  /** Only stills that are older than this one, which itself may be gone. */
  before: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(limits.stillsPage).default(limits.stillsPage),
});
export const stillListSchema = z.object({ stills: z.array(stillSchema) });

const restMemberSchema = z.strictObject(newMemberSchema.shape);
const restMembers = z.array(restMemberSchema).max(limits.groupMembersAtOnce);
/** A group, or the conversation of a customer with the shop, which is made where there is none. */
export const createConversationSchema = z.union([
  z.strictObject({ title: nameSchema, members: restMembers }),
  z.strictObject({ customer: z.strictObject({ identity: nameSchema, name: nameSchema }) }),
]);
export type CreateConversation = z.infer<typeof createConversationSchema>;

/** Query of a person's conversations. */
export const conversationPageSchema = z.strictObject({
  identity: nameSchema,
  /** Only those that follow this one in the order of the latest message. */
  after: conversationIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.conversationsPage).default(limits.conversationsPage),
});
export type ConversationPage = z.infer<typeof conversationPageSchema>;
export const conversationListSchema = z.object({ conversations: z.array(ownConversationSchema), more: z.boolean() });
export type ConversationList = z.infer<typeof conversationListSchema>;

/** Query of a conversation's members, by identity. */
export const memberPageSchema = z.strictObject({
  after: nameSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.messagesPage).default(limits.messagesPage),
});
export type MemberPage = z.infer<typeof memberPageSchema>;
export const memberListSchema = z.object({ members: z.array(memberSchema), more: z.boolean() });
export type MemberList = z.infer<typeof memberListSchema>;

export const putMembersSchema = z.strictObject({ members: restMembers.min(1) });

/** A message in the name of the shop. Sent again with the same `clientId`, it is stored once. */
export const postMessageSchema = z.strictObject({
  /** In whose name; need not be a member. */
  from: z.strictObject({ identity: nameSchema, name: nameSchema }),
  ...outgoingMessageSchema.shape,
});
export type PostMessage = z.infer<typeof postMessageSchema>;

const invitePartSchema = z.object({
  inviteId: inviteIdSchema,
  room: z.string(),
  role: roleSchema,
  /** Of who is invited. */
  name: z.string().nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  expiresAt: z.int(),
});

/** One thing that is kept of a person. */
const personalRecordSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('membership'), conversation: conversationSchema, member: memberSchema }),
  z.object({ type: z.literal('message'), message: messageSchema }),
  z.object({
    type: z.literal('attachment'),
    attachment: z.object({
      attachmentId: z.string(),
      conversationId: z.string(),
      name: z.string(),
      sizeBytes: z.int(),
      /** Null before it was uploaded whole. */
      mimeType: z.string().nullable(),
      /** Milliseconds since 1970. */
      createdAt: z.int(),
    }),
  }),
  /** What they wrote of a tea, shared or not. */
  z.object({ type: z.literal('note'), room: z.string(), note: tastingNoteSchema }),
  /** They can not come into this room any more. */
  z.object({ type: z.literal('ban'), room: z.string(), ban: banSchema }),
  /** They gave the role of the host in this room to someone, or got it; both by identity. */
  z.object({
    type: z.literal('handOver'),
    room: z.string(),
    handOver: z.object({ from: z.string(), to: z.string(), toName: z.string() }),
  }),
  /** One that they made. */
  z.object({ type: z.literal('invite'), invite: invitePartSchema.extend({ revokedAt: z.int().nullable() }) }),
  /** The one by which they came. */
  z.object({
    type: z.literal('inviteUse'),
    inviteUse: invitePartSchema.extend({
      name: z.string(),
      openedAt: z.int(),
      /** When they were first in the room or before its door; null before. */
      enteredAt: z.int().nullable(),
    }),
  }),
]);
export type PersonalRecord = z.infer<typeof personalRecordSchema>;
export const personalDataSchema = z.object({ identity: z.string(), records: z.array(personalRecordSchema) });
