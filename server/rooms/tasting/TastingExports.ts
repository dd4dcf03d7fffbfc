import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { AccessTokenClaims } from '../../../protocol/accessToken.ts';
import { resolveGrants } from '../../../protocol/grants.ts';
import { limits } from '../../../protocol/limits.ts';
import type { StillInfo } from '../../../protocol/stills.ts';
import type { TastingExport, TastingNote } from '../../../protocol/tastingNotes.ts';
import type { RoomKey } from '../../storage/StillStore.ts';
import type { TastingNoteStore } from '../../storage/tasting/TastingNoteStore.ts';
import type { InviteDesk } from '../invites/InviteDesk.ts';
import type { RoomDirectory } from '../RoomDirectory.ts';
import type { RecordDesk } from '../records/RecordDesk.ts';
import type { StillDesk } from '../StillDesk.ts';

export interface TastingExportsOptions {
  records: Pick<RecordDesk, 'read'>;
  notes: TastingNoteStore;
  stills: StillDesk;
  directory: Pick<RoomDirectory, 'isIn' | 'getRoom'>;
  invites: Pick<InviteDesk, 'assertGood'>;
}

/** The newest of a room, in one export. */
const MAX_STILLS = 1_000;

/** Tastings to take along: what is left of them, also when their rooms are closed. */
export class TastingExports {
  readonly #options: TastingExportsOptions;

  constructor(options: TastingExportsOptions) {
    this.#options = options;
  }

  /** For the backend of the shop: what people have shared, and nothing that is private. @throws storageUnavailable */
  async ofRoom(tenant: string, room: string): Promise<TastingExport> {
    const key = { tenant, room };
    const notes = await this.#options.notes.listShared(key);
    return this.#make(key, null, notes, await this.#stillsOf(key));
  }

  /**
   * For one person: the own notes in any case; what others show only to who is in the room, has written there, may admit others, or
   * could enter it now, as it is open, without being let in.
   * @throws storageUnavailable, nodeUnavailable, clusterUnavailable
   */
  async ofPerson(tenant: string, claims: AccessTokenClaims): Promise<TastingExport> {
    const { room, sub: identity } = claims;
    const key = { tenant, room };
    const { notes } = this.#options;
    const own = await notes.listOwn(key, identity);
    if (!(await this.#seesOthers(tenant, claims, own.length > 0))) return this.#make(key, identity, own, []);
    const shared = await notes.listShared(key);
    const all = [...own, ...shared.filter((note) => note.identity !== identity)];
    return this.#make(key, identity, all, await this.#stillsOf(key));
  }

  async #seesOthers(tenant: string, claims: AccessTokenClaims, hasWritten: boolean): Promise<boolean> {
    const { room, sub: identity, role, grants: overrides } = claims;
    const { subscribe, admit } = resolveGrants(role, overrides);
    if (!subscribe) return false;
    const { rules } = await this.#options.records.read({ tenant, room });
    const { bans, locked } = rules.value;
    if (bans.some((ban) => ban.identity === identity) || (await this.#isUninvited(claims))) return false;
    if (admit || hasWritten || (!locked && (await this.#hasNoLobby(tenant, room)))) return true;
    return this.#options.directory.isIn(tenant, room, identity);
  }

  /** The invitation by which they came is not good any more. */
  async #isUninvited(claims: AccessTokenClaims): Promise<boolean> {
    try {
      await this.#options.invites.assertGood(claims);
      return false;
    } catch (error) {
      if (error instanceof ChaxiError && error.code !== 'storageUnavailable') return true;
      throw error;
    }
  }

  /** Of a room that is closed nobody knows any more whether it had one. */
  async #hasNoLobby(tenant: string, room: string): Promise<boolean> {
    try {
      const { lobby } = await this.#options.directory.getRoom(tenant, room);
      return !lobby;
    } catch (error) {
      if (error instanceof ChaxiError && error.code === 'roomNotFound') return false;
      throw error;
    }
  }

  async #make(
    { tenant, room }: RoomKey,
    identity: string | null,
    notes: TastingNote[],
    stills: StillInfo[],
  ): Promise<TastingExport> {
    const { guide } = await this.#options.records.read({ tenant, room });
    return { room, exportedAt: Date.now(), identity, guide: guide.value, notes, stills };
  }

  /** Oldest first. */
  async #stillsOf({ tenant, room }: RoomKey): Promise<StillInfo[]> {
    const newestFirst: StillInfo[] = [];
    for (let more = true; more && newestFirst.length < MAX_STILLS;) {
      const before = newestFirst.at(-1)?.stillId;
      const page = await this.#options.stills.listStills(tenant, room, { before, limit: limits.stillsPage });
      newestFirst.push(...page);
      more = page.length === limits.stillsPage;
    }
    return newestFirst.reverse();
  }
}
