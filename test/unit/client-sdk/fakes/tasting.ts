import { guideSchema, type Guide } from '../../../../protocol/guide.ts';
import { noteAspects } from '../../../../protocol/noteAspects.ts';
import type { TastingNote } from '../../../../protocol/tastingNotes.ts';

export const guide: Guide = guideSchema.parse({
  title: 'Two oolongs',
  teas: [
    { teaId: 'oolong', name: 'Iron Goddess', infusionSeconds: [20, 30] },
    { teaId: 'dancong', name: 'Honey Orchid' },
  ],
});

/** An empty note of Anna's on the oolong. */
export function tastingNote(change: Partial<TastingNote> = {}): TastingNote {
  const aspects = Object.fromEntries(noteAspects.map((aspect) => [aspect, { score: null, words: '' }]));
  return {
    teaId: 'oolong',
    identity: 'anna',
    name: 'Anna',
    shared: false,
    aspects: aspects as TastingNote['aspects'],
    words: '',
    updatedAt: 1,
    ...change,
  };
}
