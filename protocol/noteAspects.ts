/** What is judged of a tea, in the order in which it is met. A file without zod, so that pages can use it. */
export const noteAspects = ['dryLeaf', 'aroma', 'liquor', 'taste', 'spentLeaf', 'aftertaste'] as const;
export type NoteAspect = (typeof noteAspects)[number];
