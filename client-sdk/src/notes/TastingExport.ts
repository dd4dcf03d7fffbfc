import type { TastingExport as ExportedTasting } from '../../../protocol/tastingNotes.ts';
import type { Still } from '../stills/Still.ts';

/** A tasting as its person may keep it: the guide, the own notes, those that others share, and the stills, oldest first. */
export interface TastingExport extends Omit<ExportedTasting, 'stills'> {
  stills: Still[];
}
