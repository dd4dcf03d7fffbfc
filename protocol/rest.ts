import { z } from 'zod';
import { limits } from './limits.ts';
import { metadataSchema, participantInfoSchema, roomNameSchema } from './participants.ts';
import { stillSchema } from './stills.ts';

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

/** Query of a room's stills. */
export const stillPageSchema = z.strictObject({
  /** Only stills that are older than this one, which itself may be gone. */
  before: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(limits.stillsPage).default(limits.stillsPage),
});
export const stillListSchema = z.object({ stills: z.array(stillSchema) });
