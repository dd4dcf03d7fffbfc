import { isDeepStrictEqual } from 'node:util';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Guide, GuideState } from '../../../protocol/guide.ts';
import type { SharedRecord } from '../records/SharedRecord.ts';

/**
 * Replaces a guide, or takes it away with null. One that is there already is not written again, so that who had no answer may send it again.
 * @param known the revision that its author saw; undefined replaces whatever there is
 * @throws guideConflict, storageUnavailable
 */
export async function reviseGuide(
  record: SharedRecord<Guide | null>,
  guide: Guide | null,
  known?: number,
): Promise<GuideState> {
  const revised = await record.update((present, revision) => {
    if (isDeepStrictEqual(present, guide)) return present;
    if (known !== undefined && known !== revision) throw new ChaxiError('guideConflict', { path: 'revision' });
    return guide;
  });
  return { revision: revised.revision, guide: revised.value };
}
