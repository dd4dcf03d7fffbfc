import { noteAspects, type NoteAspect } from '../../../protocol/noteAspects.ts';
import type { AspectNote, NoteChange, TastingNote } from '../../../protocol/tastingNotes.ts';

type PendingField = `${NoteAspect}.${keyof AspectNote}` | 'words';
/** What is not on the server yet of one note, field by field: only what was changed may take the place of what others wrote. */
export type PendingFields = Partial<Record<PendingField, string | number | null>>;
/** By tea. */
export type PendingNotes = Readonly<Record<string, PendingFields>>;

export function withChange(pending: PendingNotes, { teaId, aspects = {}, words }: NoteChange): PendingNotes {
  const fields: PendingFields = { ...pending[teaId] };
  for (const aspect of noteAspects) {
    const { score, words: said } = aspects[aspect] ?? {};
    if (score !== undefined) fields[`${aspect}.score`] = score;
    if (said !== undefined) fields[`${aspect}.words`] = said;
  }
  if (words !== undefined) fields.words = words;
  return withFields(pending, teaId, fields);
}

/** The server has these, or will never take them; what was changed again meanwhile stays. */
export function withoutFields(pending: PendingNotes, teaId: string, done: PendingFields): PendingNotes {
  const left = Object.entries(pending[teaId] ?? {}).filter(([field, value]) => done[field as PendingField] !== value);
  return withFields(pending, teaId, Object.fromEntries(left));
}

/** As a request. */
export function changeOf(teaId: string, fields: PendingFields): NoteChange {
  const aspects: NonNullable<NoteChange['aspects']> = {};
  for (const aspect of noteAspects) {
    const change = aspectChange(aspect, fields);
    if (Object.keys(change).length > 0) aspects[aspect] = change;
  }
  return { teaId, aspects, ...(fields.words === undefined ? {} : { words: String(fields.words) }) };
}

/** A note as it will be. */
export function applyFields(note: TastingNote, fields: PendingFields): TastingNote {
  const aspects = { ...note.aspects };
  for (const aspect of noteAspects) aspects[aspect] = { ...aspects[aspect], ...aspectChange(aspect, fields) };
  return { ...note, aspects, words: fields.words === undefined ? note.words : String(fields.words) };
}

export function emptyNote(of: Pick<TastingNote, 'teaId' | 'identity' | 'name'>): TastingNote {
  const aspects = Object.fromEntries(noteAspects.map((aspect) => [aspect, { score: null, words: '' }]));
  return { ...of, shared: false, aspects: aspects as TastingNote['aspects'], words: '', updatedAt: 0 };
}

function aspectChange(aspect: NoteAspect, fields: PendingFields): Partial<AspectNote> {
  const score = fields[`${aspect}.score`];
  const words = fields[`${aspect}.words`];
  return {
    ...(score === undefined ? {} : { score: score === null ? null : Number(score) }),
    ...(words === undefined ? {} : { words: String(words) }),
  };
}

function withFields(pending: PendingNotes, teaId: string, fields: PendingFields): PendingNotes {
  const rest = Object.entries(pending).filter(([id]) => id !== teaId);
  return Object.fromEntries(Object.keys(fields).length === 0 ? rest : [...rest, [teaId, fields]]);
}
