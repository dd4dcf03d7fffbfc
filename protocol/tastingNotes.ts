import { z } from 'zod';
import { guideStateSchema, teaIdSchema } from './guide.ts';
import { limits } from './limits.ts';
import { noteAspects } from './noteAspects.ts';
import { stillSchema } from './stills.ts';

export const aspectNoteSchema = z.object({
  /** 0 to 10 in halves; null where none was given. */
  score: z.number().min(0).max(10).multipleOf(0.5).nullable(),
  words: z.string().max(limits.aspectWords),
});
export type AspectNote = z.infer<typeof aspectNoteSchema>;

const aspectsSchema = z.record(z.enum(noteAspects), aspectNoteSchema);

/** What one person wrote of one tea. */
export const tastingNoteSchema = z.object({
  teaId: teaIdSchema,
  /** Whose it is. */
  identity: z.string(),
  name: z.string(),
  /** Others see it. */
  shared: z.boolean(),
  aspects: aspectsSchema,
  /** Of the tea as a whole. */
  words: z.string().max(limits.noteWords),
  /** By the clock of the server, milliseconds since 1970. */
  updatedAt: z.int(),
});
export type TastingNote = z.infer<typeof tastingNoteSchema>;

/** What changes of a note; what is left out stays. Sent twice it changes nothing more. */
export const noteChangeSchema = z.object({
  teaId: teaIdSchema,
  aspects: z.partialRecord(z.enum(noteAspects), aspectNoteSchema.partial()).default({}),
  words: z.string().max(limits.noteWords).optional(),
});
export type NoteChange = z.input<typeof noteChangeSchema>;

const aspectSummarySchema = z.object({ count: z.int(), mean: z.number(), min: z.number(), max: z.number() });

/** What the host sees while people taste: how far each one is, and the scores of the notes that are shared. */
export const notesSummarySchema = z.object({
  teas: z.array(
    z.object({
      teaId: z.string(),
      /** Everyone who wrote something of it, without what. */
      writers: z.array(
        z.object({
          identity: z.string(),
          name: z.string(),
          /** How many aspects have a score. */
          scored: z.int(),
          shared: z.boolean(),
        }),
      ),
      /** Of shared notes alone; null where no score was shared. */
      aspects: z.record(z.enum(noteAspects), aspectSummarySchema.nullable()),
    }),
  ),
});
export type NotesSummary = z.infer<typeof notesSummarySchema>;

/** A tasting as its person may keep it: the guide, the own notes, those that others share, and the stills. */
export const tastingExportSchema = z.object({
  room: z.string(),
  /** Milliseconds since 1970. */
  exportedAt: z.int(),
  /** Whose export it is; null where a shop's backend asked, which gets shared notes alone. */
  identity: z.string().nullable(),
  guide: guideStateSchema.shape.guide,
  notes: z.array(tastingNoteSchema),
  /** Oldest first; empty without the grant `subscribe`. */
  stills: z.array(stillSchema),
});
export type TastingExport = z.infer<typeof tastingExportSchema>;
