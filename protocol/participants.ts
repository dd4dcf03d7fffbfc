import { z } from 'zod';
import { roles, sources } from './grants.ts';
import { limits } from './limits.ts';

export const nameSchema = z
  .string()
  .min(1)
  .max(limits.nameLength)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control characters or halves of characters');
/** A room's name stands in the paths of REST, where `.` and `..` would be taken for steps. */
export const roomNameSchema = nameSchema.regex(/^(?!\.{1,2}$)/, 'must not be . or ..');
/** Free text of the application; Chaxi hands it on and never reads it. */
export const metadataSchema = z.string().max(limits.metadataLength);

export const sourceSchema = z.enum(sources);
export const roleSchema = z.enum(roles);

export const grantsSchema = z.object({
  publish: z.array(sourceSchema).max(sources.length),
  subscribe: z.boolean(),
  admit: z.boolean(),
  moderate: z.boolean(),
  stills: z.boolean(),
  lookAhead: z.boolean(),
  lead: z.boolean(),
  invite: z.boolean(),
  notes: z.boolean(),
  hidden: z.boolean(),
});

/** One thing a participant publishes, as the others see it. */
export const trackInfoSchema = z.object({
  producerId: z.string(),
  kind: z.enum(['audio', 'video']),
  source: sourceSchema,
  /** Muted by its publisher or by a moderator. */
  paused: z.boolean(),
});
export type TrackInfo = z.infer<typeof trackInfoSchema>;

/** `unknown` until there is media to judge by. */
export const connectionQualities = ['good', 'fair', 'poor', 'unknown'] as const;
export type ConnectionQuality = (typeof connectionQualities)[number];

/** What a network is short of. Up is from the participant to the server, down is to it. */
export const qualityReasons = ['loss', 'delay', 'bandwidthUp', 'bandwidthDown', 'cpu'] as const;
export type QualityReason = (typeof qualityReasons)[number];

export const participantInfoSchema = z.object({
  /** Changes with each new session of the same person. */
  participantId: z.string(),
  /** The token's subject: the same person in every session. */
  identity: z.string(),
  name: z.string(),
  role: roleSchema,
  /** Free text of the application. */
  metadata: z.string(),
  /** Milliseconds since 1970. */
  joinedAt: z.int(),
  /** `reconnecting` while the socket is away; media may still flow. */
  connection: z.enum(['connected', 'reconnecting']),
  /** Of the network; `unknown` until there is media to judge by. */
  quality: z.enum(connectionQualities),
  /** What the quality suffers from; null while it is `good` or `unknown`. */
  qualityReason: z.enum(qualityReasons).nullable(),
  /** What is published now. */
  tracks: z.array(trackInfoSchema),
  /** Who it speaks with aside, by participantId: until that ends their sound goes to each other alone. */
  asideWith: z.string().nullable().default(null),
});
export type ParticipantInfo = z.infer<typeof participantInfoSchema>;

export const leaveReasons = ['left', 'connectionLost', 'removed', 'replaced', 'roomClosed'] as const;
export type LeaveReason = (typeof leaveReasons)[number];
