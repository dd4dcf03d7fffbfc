import { expect } from 'chai';
import { guideSchema } from '../../../../protocol/guide.ts';
import type { NoteAspect } from '../../../../protocol/noteAspects.ts';
import { noteChangeSchema, notesSummarySchema, type NoteChange } from '../../../../protocol/tastingNotes.ts';
import { mergeNote } from '../../../../server/rooms/tasting/mergeNote.ts';
import { summarizeNotes } from '../../../../server/rooms/tasting/summarizeNotes.ts';
import { blankNote } from '../../../../server/storage/tasting/noteRow.ts';
import { guideOf } from '../../../helpers/tastings.ts';

const blank = (identity = 'ann', teaId = 'oolong') => blankNote(teaId, { identity, name: identity.toUpperCase() });
const change = (changes: Omit<NoteChange, 'teaId'>) => noteChangeSchema.parse({ teaId: 'oolong', ...changes });

describe('a tasting note', () => {
  it('takes what changes and keeps the rest, down to the single score and word', () => {
    const steps = [
      change({ aspects: { taste: { score: 7 } } }),
      change({ aspects: { taste: { words: '甜' }, aroma: { score: 8.5, words: 'orchid' } } }),
      change({ words: 'fine', aspects: { taste: { score: null } } }),
      change({ aspects: { aroma: { words: '' } } }),
    ];
    const note = steps.reduce(mergeNote, blank());
    expect(note).to.deep.equal({
      ...blank(),
      words: 'fine',
      aspects: { ...blank().aspects, taste: { score: null, words: '甜' }, aroma: { score: 8.5, words: '' } },
    });
    expect(steps.slice(2).reduce(mergeNote, note), 'once more').to.deep.equal(note);
  });
});

describe('the summary of tasting notes', () => {
  const guide = guideSchema.parse(guideOf('oolong', 'sencha'));
  const noteOf = (
    identity: string,
    scores: Partial<Record<NoteAspect, number>>,
    { shared = false, teaId = 'oolong' } = {},
  ) => ({
    ...mergeNote(
      blank(identity, teaId),
      change({ aspects: Object.fromEntries(Object.entries(scores).map(([aspect, score]) => [aspect, { score }])) }),
    ),
    shared,
  });

  it('says who wrote how much of each tea of the guide, in its order, and what the shared scores are', () => {
    const summary = summarizeNotes(guide, [
      noteOf('ann', { taste: 8, aroma: 0 }, { shared: true }),
      noteOf('bob', { taste: 5 }, { shared: true }),
      noteOf('eve', { taste: 1, liquor: 2, aroma: 3 }),
      { ...blank('words', 'sencha'), words: 'only words' },
      noteOf('gone', { taste: 9 }, { teaId: 'taken out', shared: true }),
    ]);
    expect(notesSummarySchema.parse(summary)).to.deep.equal(summary);
    expect(summary.teas.map(({ teaId }) => teaId)).to.deep.equal(['oolong', 'sencha']);
    const [oolong, sencha] = summary.teas;
    expect(oolong!.writers).to.deep.equal([
      { identity: 'ann', name: 'ANN', scored: 2, shared: true },
      { identity: 'bob', name: 'BOB', scored: 1, shared: true },
      { identity: 'eve', name: 'EVE', scored: 3, shared: false },
    ]);
    expect(oolong!.aspects).to.deep.equal({
      dryLeaf: null,
      aroma: { count: 1, mean: 0, min: 0, max: 0 },
      liquor: null,
      taste: { count: 2, mean: 6.5, min: 5, max: 8 },
      spentLeaf: null,
      aftertaste: null,
    });
    expect(sencha!.writers).to.deep.equal([{ identity: 'words', name: 'WORDS', scored: 0, shared: false }]);
  });

  it('names nobody who wrote nothing, and no tea where there is no guide', () => {
    expect(summarizeNotes(guide, [{ ...blank(), shared: true }]).teas.flatMap(({ writers }) => writers)).to.be.empty;
    expect(summarizeNotes(null, [noteOf('ann', { taste: 8 })])).to.deep.equal({ teas: [] });
  });
});
