import { z } from 'zod';
import { leaveReasons, nameSchema } from '../../../protocol/participants.ts';
import { memberStateSchema } from './memberState.ts';

export const roomKeySchema = z.object({ tenant: z.string(), room: nameSchema });

/** What a node tells another one that has the same room: of its own people, and of no one else's. */
export const rosterMessageSchema = z.object({
  room: roomKeySchema,
  /** Of the room on the sending node, since it was opened there. */
  epoch: z.string(),
  /** Of the last change in the epoch, this one included: who misses one asks for everything. */
  seq: z.int().min(0),
  /** `whole`: these are all that there are. `change`: these have changed. `mark`: how far it has come, and nobody is named. */
  kind: z.enum(['whole', 'change', 'mark']),
  members: z.array(memberStateSchema),
  gone: z.array(z.object({ participantId: z.string(), reason: z.enum(leaveReasons) })),
  /** Who is heard now, the loudest first. */
  speakers: z.array(z.string()),
  /** The receiver shall tell everything too. */
  asks: z.boolean(),
});
export type RosterMessage = z.infer<typeof rosterMessageSchema>;

/** How far a node has come in telling of its people. */
export const rosterMarkSchema = rosterMessageSchema.pick({ room: true, epoch: true, seq: true });
export type RosterMark = z.infer<typeof rosterMarkSchema>;

/** The room is no more on the sending node, or never was; its people come back elsewhere where it is `moving`. */
export const rosterEndSchema = z.object({ room: roomKeySchema, moving: z.boolean() });
export type RosterEnd = z.infer<typeof rosterEndSchema>;

/** How many layers of a video are watched on the sending node. */
export const farDemandSchema = z.object({
  room: roomKeySchema,
  producerId: z.string(),
  spatialLayers: z.int().min(0),
});
export type FarDemand = z.infer<typeof farDemandSchema>;

/** What someone with the right to do so wants of a participant of another node. The node that asks has looked at the grants. */
export const memberActSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('admit'),
    /** To speak first with who lets them in alone. */
    aside: z.boolean().optional(),
  }),
  z.object({ act: z.literal('endAside') }),
  z.object({ act: z.literal('decline'), reason: z.string().optional() }),
  z.object({ act: z.literal('remove') }),
  z.object({ act: z.literal('mute'), producerId: z.string() }),
]);
export type MemberAct = z.infer<typeof memberActSchema>;
export const actRequestSchema = z.object({
  room: roomKeySchema,
  participantId: z.string(),
  act: memberActSchema,
  /** Whose wish it is, by participantId. */
  by: z.string().optional(),
});
