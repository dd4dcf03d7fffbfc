import { noteAspects } from '../../../protocol/noteAspects.ts';
import type { TastingNote } from '../../../protocol/tastingNotes.ts';
import type { RequestData } from '../../../protocol/signaling.ts';

/** A note with what changes of it; what is left out stays. */
export function mergeNote(note: TastingNote, { aspects, words }: RequestData<'saveNote'>): TastingNote {
  const merged = noteAspects.map((aspect) => {
    const { score = note.aspects[aspect].score, words: ofAspect = note.aspects[aspect].words } = aspects[aspect] ?? {};
    return [aspect, { score, words: ofAspect }] as const;
  });
  return { ...note, aspects: Object.fromEntries(merged) as TastingNote['aspects'], words: words ?? note.words };
}
