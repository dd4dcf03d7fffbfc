import type { AccessTokenClaims } from '../../protocol/accessToken.ts';
import type { Guide, GuideState } from '../../protocol/guide.ts';
import type { TastingExport } from '../../protocol/tastingNotes.ts';

/** What HTTP needs of the tastings of rooms, open or not. Failures are ChaxiErrors, `storageUnavailable` among them. */
export interface TastingService {
  readGuide(tenant: string, room: string): Promise<GuideState>;
  /** In the place of whatever guide there is; null takes it away. */
  putGuide(tenant: string, room: string, guide: Guide | null): Promise<GuideState>;
}

export interface TastingExportService {
  /** What people have shared. */
  ofRoom(tenant: string, room: string): Promise<TastingExport>;
  /** Of the room that the token names, for its person. Rejects with `nodeUnavailable`, `clusterUnavailable` too. */
  ofPerson(tenant: string, claims: AccessTokenClaims): Promise<TastingExport>;
}
