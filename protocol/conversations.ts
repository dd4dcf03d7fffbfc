import { z } from 'zod';
import { nameSchema } from './participants.ts';

/**
 * `room`: of everyone who has been in a tasting room; `shop`: of one customer and whoever stands at the shop's counter;
 * `group`: of those whom the shop put together.
 */
export const conversationKinds = ['room', 'shop', 'group'] as const;
export type ConversationKind = (typeof conversationKinds)[number];

/** What a member may do; server/messaging/conversationPolicy.ts has the table. An `observer` reads and does not write. */
export const memberRoles = ['host', 'member', 'observer'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** UUID version 7. */
export const conversationIdSchema = z.uuid();
export const memberRoleSchema = z.enum(memberRoles);

export const memberSchema = z.object({
  /** The token's subject: one person on all devices. */
  identity: z.string(),
  name: z.string(),
  role: memberRoleSchema,
  /** Milliseconds since 1970. */
  joinedAt: z.int(),
  /** Every message up to this `seq` has reached one of their devices. */
  deliveredSeq: z.int(),
  /** Every message up to this `seq` was read on one of their devices. */
  readSeq: z.int(),
});
export type MemberInfo = z.infer<typeof memberSchema>;

export const conversationSchema = z.object({
  conversationId: conversationIdSchema,
  kind: z.enum(conversationKinds),
  /** Of a group what the shop called it, of a room its name, of a shop's conversation the customer's name. */
  title: z.string(),
  /** Name of the room, of kind `room` only. */
  room: z.string().nullable(),
  /** Identity of the customer, of kind `shop` only. */
  customer: z.string().nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  /** When the last message was sent, or the conversation was made. */
  activeAt: z.int(),
  /** `seq` of the last message, or number of the last change of one; 0 before the first. Grows with each. */
  lastChange: z.int(),
  memberCount: z.int(),
});
export type ConversationInfo = z.infer<typeof conversationSchema>;

/** What one person sees of a conversation. */
export const ownConversationSchema = conversationSchema.extend({
  /** What this person may do. Who stands at the counter is a `host` of each conversation of kind `shop`, also before the first word. */
  role: memberRoleSchema,
  /** Up to here this person has read, on whatever device. */
  readSeq: z.int(),
  /** Messages of others after `readSeq` that are still there; no more than `limits.unreadCount` are counted. */
  unread: z.int(),
  /** Some of them mention this person. */
  mentioned: z.boolean(),
});
export type OwnConversation = z.infer<typeof ownConversationSchema>;

/** What is asked for a new group. */
export const newMemberSchema = z.object({
  identity: nameSchema,
  name: nameSchema,
  role: memberRoleSchema.default('member'),
});
export type NewMember = z.infer<typeof newMemberSchema>;
/** As a page may write it, what has a default left out. */
export type NewMemberInput = z.input<typeof newMemberSchema>;
