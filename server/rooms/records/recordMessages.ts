import { z } from 'zod';
import { roomKeySchema } from '../span/rosterMessage.ts';

/** A document of a room as one node tells it to another. */
export const toldRecordSchema = z.object({
  part: z.string(),
  revision: z.int().min(1),
  value: z.unknown(),
  /** The node that wrote it; empty where that is not known. */
  writer: z.string(),
});
export type ToldRecord = z.infer<typeof toldRecordSchema>;

/** What a node tells all others when it has written a document of a room, open there or not. */
export const recordNewsSchema = z.object({ room: roomKeySchema, record: toldRecordSchema });

/** What a node asks of another one that has the room: all its documents. */
export const recordRequestSchema = z.object({ room: roomKeySchema });
export const recordAnswerSchema = z.object({ records: z.array(toldRecordSchema) });
