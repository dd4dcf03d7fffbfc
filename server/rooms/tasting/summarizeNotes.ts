import type { Guide } from '../../../protocol/guide.ts';
import { noteAspects } from '../../../protocol/noteAspects.ts';
import type { NotesSummary, TastingNote } from '../../../protocol/tastingNotes.ts';

type TeaSummary = NotesSummary['teas'][number];
type AspectSummary = TeaSummary['aspects'][(typeof noteAspects)[number]];

/** How far everyone is with each tea of the guide, and what the shared scores say. */
export function summarizeNotes(guide: Guide | null, notes: readonly TastingNote[]): NotesSummary {
  const byTea = Map.groupBy(notes, ({ teaId }) => teaId);
  return { teas: (guide?.teas ?? []).map(({ teaId }) => summarizeTea(teaId, byTea.get(teaId) ?? [])) };
}

function summarizeTea(teaId: string, notes: readonly TastingNote[]): TeaSummary {
  const writers = notes.filter(saysSomething).map(({ identity, name, shared, aspects }) => ({
    identity,
    name,
    scored: Object.values(aspects).filter(({ score }) => score !== null).length,
    shared,
  }));
  const shared = notes.filter((note) => note.shared);
  const aspects = noteAspects.map((aspect) => {
    const scores = shared.flatMap((note) => note.aspects[aspect].score ?? []);
    return [aspect, summarizeScores(scores)] as const;
  });
  return { teaId, writers, aspects: Object.fromEntries(aspects) as TeaSummary['aspects'] };
}

function summarizeScores(scores: readonly number[]): AspectSummary {
  if (scores.length === 0) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { count: scores.length, mean, min: Math.min(...scores), max: Math.max(...scores) };
}

function saysSomething({ aspects, words }: TastingNote): boolean {
  return words !== '' || Object.values(aspects).some((aspect) => aspect.score !== null || aspect.words !== '');
}
