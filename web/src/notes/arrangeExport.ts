import type { Tea, TastingExport, TastingNote } from '../../../client-sdk/src/index.ts';
import { isEmptyNote } from './scores.ts';

/** A tea on the page to keep: what the guide says of it, and what people wrote. */
export interface KeptTea {
  teaId: string;
  /** Null where it is no longer in the guide. */
  tea: Tea | null;
  /** Place in the guide, from 1; 0 where it is not in it. */
  number: number;
  own: TastingNote | null;
  shared: readonly TastingNote[];
}

/** The teas of the guide in order, then those that were in it once and have notes. Empty notes are left out. */
export function arrangeExport({
  guide,
  notes,
  identity,
}: Pick<TastingExport, 'guide' | 'notes' | 'identity'>): KeptTea[] {
  const written = notes.filter((note) => !isEmptyNote(note));
  const keep = (teaId: string, tea: Tea | null, number: number): KeptTea => {
    const ofTea = written.filter((note) => note.teaId === teaId);
    return {
      teaId,
      tea,
      number,
      own: ofTea.find((note) => note.identity === identity) ?? null,
      shared: ofTea.filter((note) => note.identity !== identity),
    };
  };
  const teas = guide?.teas ?? [];
  const inGuide = new Set(teas.map(({ teaId }) => teaId));
  const gone = new Set(written.map(({ teaId }) => teaId).filter((teaId) => !inGuide.has(teaId)));
  return [
    ...teas.map((tea, index) => keep(tea.teaId, tea, index + 1)),
    ...[...gone].map((teaId) => keep(teaId, null, 0)),
  ];
}
