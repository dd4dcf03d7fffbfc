import { noteAspects, type NoteAspect, type TastingNote } from '../../../../client-sdk/src/index.ts';

/** A note on the tea `tea1` of `anna` with these scores. */
export function noteOf(scores: Partial<Record<NoteAspect, number>>, change: Partial<TastingNote> = {}): TastingNote {
  const aspects = Object.fromEntries(
    noteAspects.map((aspect) => [aspect, { score: scores[aspect] ?? null, words: '' }]),
  ) as TastingNote['aspects'];
  return { teaId: 'tea1', identity: 'anna', name: 'Anna', shared: true, aspects, words: '', updatedAt: 1, ...change };
}
