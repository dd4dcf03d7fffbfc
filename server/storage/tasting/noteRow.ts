import { noteAspects, type NoteAspect } from '../../../protocol/noteAspects.ts';
import type { AspectNote, TastingNote } from '../../../protocol/tastingNotes.ts';
import type { RoomKey } from '../StillStore.ts';
import type { TastingNoteRow } from './rows.ts';

const NOTHING: AspectNote = { score: null, words: '' };

/** What someone wrote of a tea who has written nothing yet. */
export function blankNote(teaId: string, { identity, name }: { identity: string; name: string }): TastingNote {
  return { teaId, identity, name, shared: false, aspects: aspectsOf({}), words: '', updatedAt: 0 };
}

export function noteOfRow({ teaId, identity, name, shared, aspects, words, updatedAt }: TastingNoteRow): TastingNote {
  return {
    teaId,
    identity,
    name,
    shared: shared === 1,
    aspects: aspectsOf(JSON.parse(aspects) as Partial<TastingNote['aspects']>),
    words: JSON.parse(words) as string,
    updatedAt,
  };
}

export function rowOfNote({ tenant, room }: RoomKey, note: TastingNote): TastingNoteRow {
  const { teaId, identity, name, shared, aspects, words, updatedAt } = note;
  const said = Object.entries(aspects).filter(([, { score, words: ofAspect }]) => score !== null || ofAspect !== '');
  return {
    tenant,
    room,
    teaId,
    identity,
    name,
    shared: shared ? 1 : 0,
    aspects: JSON.stringify(Object.fromEntries(said)),
    words: JSON.stringify(words),
    updatedAt,
  };
}

function aspectsOf(said: Partial<TastingNote['aspects']>): TastingNote['aspects'] {
  return Object.fromEntries(noteAspects.map((aspect) => [aspect, said[aspect] ?? { ...NOTHING }])) as Record<
    NoteAspect,
    AspectNote
  >;
}
