import { z } from 'zod';
import { inviteIdSchema } from './invites.ts';
import { grantsSchema, metadataSchema, nameSchema, roleSchema, roomNameSchema } from './participants.ts';

/**
 * Claims of an access token: a JWT signed with HS256 (RFC 7519), the API secret as key. Any JWT library can make one.
 */
export const accessTokenClaimsSchema = z.object({
  /** The API key. */
  iss: z.string().min(1).max(128),
  /** Identity of the person, chosen by the shop; two sessions with one identity replace each other. */
  sub: nameSchema,
  /** Seconds since 1970. */
  exp: z.int(),
  /** Not before, seconds since 1970. */
  nbf: z.int().optional(),
  /** Name of the room. */
  room: roomNameSchema,
  /** Which preset of grants holds. */
  role: roleSchema,
  /** Name that others see; the identity where it is missing. */
  name: nameSchema.optional(),
  /** Free text of the application; Chaxi hands it on and never reads it. */
  metadata: metadataSchema.optional(),
  /** Replaces single grants of the role. */
  grants: grantsSchema.partial().optional(),
  /** The invitation that it was made for; revoked, that one lets nobody in any more. */
  invite: inviteIdSchema.optional(),
});
export type AccessTokenClaims = z.infer<typeof accessTokenClaimsSchema>;

/** What messages ask of a token: one for a room serves, and one without a room too. */
export const messagingClaimsSchema = accessTokenClaimsSchema.extend({
  /** Whose conversation `openRoom` may open. */
  room: roomNameSchema.optional(),
  /** In that room: what its holder may do in its conversation follows. */
  role: roleSchema.default('guest'),
  /** Stands at the shop's counter: reads and writes in all conversations with customers, and makes groups. */
  counter: z.boolean().default(false),
});
export type MessagingClaims = z.infer<typeof messagingClaimsSchema>;
