import { z } from 'zod';
import { participantInfoSchema } from '../../../protocol/participants.ts';
import { videoSizeSchema } from '../../../protocol/signaling.ts';
import type { Participant } from '../Participant.ts';

/** Someone in the room or its lobby, as a node tells the others. A field that is added later must be optional: nodes of two versions meet in an upgrade. */
export const memberStateSchema = z.object({
  info: participantInfoSchema,
  stage: z.enum(['lobby', 'aside', 'joined']),
  /** Others see it. */
  visible: z.boolean(),
  takesSeat: z.boolean(),
  /** Milliseconds since 1970, and later than that of each session of the same person that its node knew of (`Participant.enteredAt`). */
  enteredAt: z.int(),
  /** Of each track, what only nodes need to know. */
  media: z.array(
    z.object({
      producerId: z.string(),
      /** Where it is published. */
      routerId: z.string(),
      spatialLayers: z.int().min(1),
      size: videoSizeSchema.optional(),
    }),
  ),
});
export type MemberState = z.infer<typeof memberStateSchema>;

/** What the other nodes are told of a session of this one; null of one that has not entered, or is over. */
export function memberStateOf(participant: Participant): MemberState | null {
  const { stage, closed, info, visible, takesSeat, enteredAt, tracks } = participant;
  if (closed || stage === 'prepared') return null;
  return {
    info,
    stage,
    visible,
    takesSeat,
    enteredAt,
    media: [...tracks.values()].map(({ producerId, router, spatialLayers, size }) => ({
      producerId,
      routerId: router.id,
      spatialLayers,
      size,
    })),
  };
}
