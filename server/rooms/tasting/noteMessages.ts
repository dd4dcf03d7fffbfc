import { z } from 'zod';
import { tastingNoteSchema } from '../../../protocol/tastingNotes.ts';
import { roomKeySchema } from '../span/rosterMessage.ts';

/** What a node tells of a note to the others that have the room. What is private stays where it was written. */
export const noteNewsSchema = z.discriminatedUnion('news', [
  /** A private one: only that it changed. */
  z.object({ news: z.literal('changed'), room: roomKeySchema }),
  z.object({ news: z.literal('shared'), room: roomKeySchema, note: tastingNoteSchema }),
  z.object({ news: z.literal('withdrawn'), room: roomKeySchema, teaId: z.string(), identity: z.string() }),
]);
export type NoteNews = z.infer<typeof noteNewsSchema>;
