import { z } from 'zod';
import { limits } from './limits.ts';
import { grantsSchema, nameSchema, roleSchema } from './participants.ts';

/** How far someone has come who was invited, or an invitation whose furthest person that is. */
export const inviteStates = ['sent', 'opened', 'lobby', 'aside', 'joined', 'left', 'revoked', 'expired'] as const;
export type InviteState = (typeof inviteStates)[number];

export const inviteIdSchema = z.uuid();

export const createInviteSchema = z.strictObject({
  /** Nobody invites a host: hosting is handed over. */
  role: roleSchema.exclude(['host']),
  /** Who is invited; null: whoever opens the link is asked. */
  name: nameSchema.nullable().default(null),
  /** Seconds in which the link can be opened. Who opened it in time gets in with the same device for another 12 hours. */
  ttlSeconds: z.int().min(60).max(2_592_000).default(86_400),
  /** Devices that can open it. */
  maxUses: z.int().min(1).max(limits.inviteUses).default(1),
  /** Replaces single grants of the role; never beyond those of who invites. */
  grants: grantsSchema.partial().optional(),
});
export type CreateInvite = z.input<typeof createInviteSchema>;

export const inviteSchema = z.object({
  inviteId: inviteIdSchema,
  role: roleSchema,
  name: z.string().nullable(),
  grants: grantsSchema.partial(),
  createdBy: z.object({ identity: z.string(), name: z.string() }),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  expiresAt: z.int(),
  maxUses: z.int(),
  /** Of the page that opens it, below the server's address; the secret stands behind the #, which no server is sent. */
  path: z.string(),
  /** Of whoever has come furthest; `revoked` and `expired` only where nobody of it is in the room. */
  state: z.enum(inviteStates),
  /** Milliseconds since 1970; null where it is good. */
  revokedAt: z.int().nullable(),
  /** Who opened it, the first first. */
  people: z.array(
    z.object({
      identity: z.string(),
      name: z.string(),
      state: z.enum(['opened', 'lobby', 'aside', 'joined', 'left']),
      /** Milliseconds since 1970. */
      openedAt: z.int(),
    }),
  ),
});
export type Invite = z.infer<typeof inviteSchema>;

/** What a page sends that opens an invitation; anyone may. */
export const redeemInviteSchema = z.strictObject({
  /** What stands behind the # of the link. */
  code: z.string().min(20).max(128),
  /** A secret that the browser made and keeps: opened again by the same one, a link is not used up further. */
  device: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
  /** Needed where the invitation has no name. */
  name: nameSchema.optional(),
});
export type RedeemInvite = z.infer<typeof redeemInviteSchema>;

export const redeemedInviteSchema = z.object({
  /** Null where a name is needed first: ask for it and send it. Nothing is used up by that. */
  token: z.string().nullable(),
  room: z.string(),
  role: roleSchema,
  name: z.string().nullable(),
  /** Who invites. */
  invitedBy: z.string(),
});
export type RedeemedInvite = z.infer<typeof redeemedInviteSchema>;
