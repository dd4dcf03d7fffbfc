import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { RoomRecords } from '../records/RoomRecords.ts';

/**
 * The guide has this tea. Another node may have put it in just now, or the database could not be read as the room opened: so it is looked for
 * before it is said to be missing. @throws teaNotFound, storageUnavailable
 */
export async function assertTea(records: RoomRecords, teaId: string): Promise<void> {
  const isThere = () => records.guide.value?.teas.some((tea) => tea.teaId === teaId) === true;
  if (!isThere()) await records.look();
  if (!isThere()) throw new ChaxiError('teaNotFound', { path: 'teaId' });
}
