import type { TastingNote } from '../../../client-sdk/src/index.ts';

/** Notes that others share, by tea; who shared first comes first. */
export type SharedNotes = ReadonlyMap<string, readonly TastingNote[]>;

/** Of what the server has of a tea. */
export function sharedByOthers(notes: readonly TastingNote[], ownIdentity: string): TastingNote[] {
  return notes.filter(({ identity, shared }) => shared && identity !== ownIdentity);
}

/** A note that is new, or in the place of the one of the same person. */
export function withNote(shared: SharedNotes, note: TastingNote): SharedNotes {
  const notes = shared.get(note.teaId) ?? [];
  const isKnown = notes.some(({ identity }) => identity === note.identity);
  const next = isKnown
    ? notes.map((other) => (other.identity === note.identity ? newer(other, note) : other))
    : [...notes, note];
  return new Map(shared).set(note.teaId, next);
}

export function withoutNote(shared: SharedNotes, teaId: string, identity: string): SharedNotes {
  const notes = shared.get(teaId) ?? [];
  return new Map(shared).set(
    teaId,
    notes.filter((note) => note.identity !== identity),
  );
}

function newer(one: TastingNote, other: TastingNote): TastingNote {
  return other.updatedAt >= one.updatedAt ? other : one;
}
