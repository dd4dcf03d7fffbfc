import { guideSchema } from '../../../protocol/guide.ts';
import { plainPart } from './RecordPart.ts';

/** The tasting guide; null where there is none. */
export const guidePart = plainPart(guideSchema.nullable(), null);
