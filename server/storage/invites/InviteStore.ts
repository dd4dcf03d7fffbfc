import type { Transaction } from 'kysely';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Logger } from '../../base/logger.ts';
import { hasRowLocks } from '../messages/lockConversations.ts';
import type { Database, Tables } from '../schema.ts';
import { StorageGuard } from '../StorageGuard.ts';
import type { RoomKey } from '../StillStore.ts';
import { decideOpening } from './decideOpening.ts';
import type { InviteRow, InviteUseRow } from './rows.ts';

/** An invitation and the devices that opened it, the first first. */
export interface StoredInvite {
  invite: InviteRow;
  uses: InviteUseRow[];
}

/** Who made an invitation, and whether it is good. */
export type InviteMaker = Pick<InviteRow, 'inviteId' | 'createdByIdentity' | 'expiresAt' | 'revokedAt'>;

/** Who opens an invitation. */
export interface Opener {
  /** Digest of the secret of the device. */
  device: string;
  /** As someone says; used where the invitation has no name. */
  name: string | undefined;
}

export interface InviteStoreOptions {
  database: Database;
  /** Days after they expired; 0 keeps invitations for ever. */
  retentionDays: number;
  logger: Logger;
}

const DAY_MS = 86_400_000;

/** Rows of one step, so that nobody waits long for it. */
const ROWS_AT_ONCE = 200;

/** Invitations that are not good any more are listed as far back as this. */
const PAST_INVITES = 100;

/** What is kept of invitations. Every method throws `storageUnavailable` where the database fails. */
export class InviteStore {
  readonly #database: Database;
  readonly #retentionDays: number;
  readonly #guard: StorageGuard;

  constructor({ database, retentionDays, logger }: InviteStoreOptions) {
    this.#database = database;
    this.#retentionDays = retentionDays;
    this.#guard = new StorageGuard('invitations', logger);
  }

  /** @throws limitReached where the room has as many that are good as it may */
  create(row: InviteRow): Promise<void> {
    return this.#guard.answer('createInvite', async () => {
      const { count } = await this.#database
        .selectFrom('invites')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('tenant', '=', row.tenant)
        .where('room', '=', row.room)
        .where('revokedAt', 'is', null)
        .where('expiresAt', '>', row.createdAt)
        .executeTakeFirstOrThrow();
      if (Number(count) >= limits.invitesPerRoom) throw new ChaxiError('limitReached');
      await this.#database.insertInto('invites').values(row).execute();
    });
  }

  find(inviteId: string): Promise<InviteRow | undefined> {
    return this.#guard.answer('findInvite', () =>
      this.#database.selectFrom('invites').selectAll().where('inviteId', '=', inviteId).executeTakeFirst(),
    );
  }

  /** Of a room, the newest first: all that are good, and the last of those that are not. */
  list({ tenant, room }: RoomKey, nowMs: number): Promise<StoredInvite[]> {
    return this.#guard.answer('listInvites', async () => {
      const ofRoom = this.#database
        .selectFrom('invites')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('room', '=', room)
        .orderBy('inviteId', 'desc');
      const good = await ofRoom.where('revokedAt', 'is', null).where('expiresAt', '>', nowMs).execute();
      const past = await ofRoom
        .where((is) => is.or([is('revokedAt', 'is not', null), is('expiresAt', '<=', nowMs)]))
        .limit(PAST_INVITES)
        .execute();
      const invites = [...good, ...past].sort((a, b) => (a.inviteId < b.inviteId ? 1 : -1));
      return this.#withUses(invites);
    });
  }

  /** Of a room, whether they are good or not: who made which. */
  makers({ tenant, room }: RoomKey): Promise<InviteMaker[]> {
    return this.#guard.answer('listInviters', () =>
      this.#database
        .selectFrom('invites')
        .select(['inviteId', 'createdByIdentity', 'expiresAt', 'revokedAt'])
        .where('tenant', '=', tenant)
        .where('room', '=', room)
        .execute(),
    );
  }

  /** From now on nobody opens these of a room; nothing happens to one that was revoked before. */
  revoke({ tenant, room }: RoomKey, inviteIds: readonly string[], nowMs: number): Promise<StoredInvite[]> {
    return this.#guard.answer('revokeInvites', async () => {
      if (inviteIds.length === 0) return [];
      await this.#database
        .updateTable('invites')
        .set({ revokedAt: nowMs })
        .where('tenant', '=', tenant)
        .where('room', '=', room)
        .where('inviteId', 'in', inviteIds)
        .where('revokedAt', 'is', null)
        .execute();
      const invites = await this.#database
        .selectFrom('invites')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('room', '=', room)
        .where('inviteId', 'in', inviteIds)
        .execute();
      return this.#withUses(invites);
    });
  }

  /**
   * A device opens an invitation. However many do at the same moment, no more get in than may.
   * @returns the use, the same one each time for the same device; null where someone must say a name first, which uses up nothing
   * @throws inviteNotFound, inviteRevoked, inviteExpired, inviteUsedUp
   */
  open(
    { tenant, inviteId }: Pick<InviteRow, 'tenant' | 'inviteId'>,
    { device, name }: Opener,
    nowMs: number,
  ): Promise<{ invite: InviteRow; use: InviteUseRow | null; isNew: boolean }> {
    return this.#guard.answer('openInvite', () =>
      this.#database.transaction().execute(async (transaction) => {
        const invite = await lockInvite(transaction, tenant, inviteId);
        const uses = await usesOf(transaction, [inviteId]);
        const known = uses.find((use) => use.device === device);
        const opening = decideOpening({
          invite,
          isKnown: known !== undefined,
          uses: uses.length,
          hasName: name !== undefined,
          nowMs,
        });
        if (typeof opening === 'object') throw new ChaxiError(opening.refuse);
        if (opening === 'askName') return { invite, use: null, isNew: false };
        if (known) return { invite, use: known, isNew: false };
        const use = {
          inviteId,
          number: uses.length + 1,
          device,
          name: invite.name ?? name!,
          openedAt: nowMs,
          enteredAt: null,
        };
        await transaction.insertInto('inviteUses').values(use).execute();
        return { invite, use, isNew: true };
      }),
    );
  }

  /** Someone is in the room, or before its door, for the first time. */
  async noteEntered(inviteId: string, number: number, nowMs: number): Promise<void> {
    await this.#guard.answer('noteEntered', () =>
      this.#database
        .updateTable('inviteUses')
        .set({ enteredAt: nowMs })
        .where('inviteId', '=', inviteId)
        .where('number', '=', number)
        .where('enteredAt', 'is', null)
        .execute(),
    );
  }

  /** Those that someone made, in steps. */
  async *madeBy(tenant: string, identity: string): AsyncGenerator<InviteRow> {
    for (let after = '', more = true; more;) {
      const rows = await this.#guard.run('exportInvites', () =>
        this.#database
          .selectFrom('invites')
          .selectAll()
          .where('tenant', '=', tenant)
          .where('createdByIdentity', '=', identity)
          .where('inviteId', '>', after)
          .orderBy('inviteId')
          .limit(ROWS_AT_ONCE)
          .execute(),
      );
      yield* rows;
      after = rows.at(-1)?.inviteId ?? after;
      more = rows.length === ROWS_AT_ONCE;
    }
  }

  /** One use of an invitation of a tenant. */
  findUse(
    tenant: string,
    inviteId: string,
    number: number,
  ): Promise<{ invite: InviteRow; use: InviteUseRow } | undefined> {
    return this.#guard.run('findInviteUse', async () => {
      const invite = await this.#database
        .selectFrom('invites')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('inviteId', '=', inviteId)
        .executeTakeFirst();
      const use = await this.#database
        .selectFrom('inviteUses')
        .selectAll()
        .where('inviteId', '=', inviteId)
        .where('number', '=', number)
        .executeTakeFirst();
      return invite && use && { invite, use };
    });
  }

  /** Who made invitations is nobody from now on; the invitations stay as they are. */
  async forgetInviter(tenant: string, identity: string, nobody: string): Promise<void> {
    await this.#guard.run('forgetInviter', () =>
      this.#database
        .updateTable('invites')
        .set({ createdByIdentity: nobody, createdByName: '' })
        .where('tenant', '=', tenant)
        .where('createdByIdentity', '=', identity)
        .execute(),
    );
  }

  /** Who opened an invitation has no name and no device any more; the use counts as before, and nobody returns by it. */
  async forgetUse(tenant: string, inviteId: string, number: number, nobody: string): Promise<void> {
    await this.#guard.run('forgetInviteUse', () =>
      this.#database.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('invites')
          .set({ name: null })
          .where('tenant', '=', tenant)
          .where('inviteId', '=', inviteId)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        await transaction
          .updateTable('inviteUses')
          .set({ name: '', device: nobody })
          .where('inviteId', '=', inviteId)
          .where('number', '=', number)
          .execute();
      }),
    );
  }

  /** Removes those that expired long enough ago. Several nodes may do it at once. */
  async sweep(nowMs = Date.now()): Promise<void> {
    if (this.#retentionDays === 0) return;
    const timeMs = nowMs - this.#retentionDays * DAY_MS;
    for (let more = true; more;) {
      const count = await this.#guard.run('removeInvites', () =>
        this.#database.transaction().execute(async (transaction) => {
          const rows = await transaction
            .selectFrom('invites')
            .select('inviteId')
            .where('expiresAt', '<', timeMs)
            .orderBy('expiresAt')
            .limit(ROWS_AT_ONCE)
            .$call((query) => (hasRowLocks(transaction) ? query.forUpdate().skipLocked() : query))
            .execute();
          const inviteIds = rows.map(({ inviteId }) => inviteId);
          if (inviteIds.length === 0) return 0;
          await transaction.deleteFrom('inviteUses').where('inviteId', 'in', inviteIds).execute();
          await transaction.deleteFrom('invites').where('inviteId', 'in', inviteIds).execute();
          return inviteIds.length;
        }),
      );
      more = count === ROWS_AT_ONCE;
    }
  }

  /** Resolves when nothing is being read or written any more. */
  idle(): Promise<void> {
    return this.#guard.idle();
  }

  async #withUses(invites: InviteRow[]): Promise<StoredInvite[]> {
    const uses = await usesOf(
      this.#database,
      invites.map(({ inviteId }) => inviteId),
    );
    const byInvite = Map.groupBy(uses, ({ inviteId }) => inviteId);
    return invites.map((invite) => ({ invite, uses: byInvite.get(invite.inviteId) ?? [] }));
  }
}

/** Locked to the end of the transaction, so that uses are counted one after another. @throws inviteNotFound */
async function lockInvite(transaction: Transaction<Tables>, tenant: string, inviteId: string): Promise<InviteRow> {
  const invite = await transaction
    .selectFrom('invites')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('inviteId', '=', inviteId)
    .$call((query) => (hasRowLocks(transaction) ? query.forUpdate() : query))
    .executeTakeFirst();
  if (!invite) throw new ChaxiError('inviteNotFound');
  return invite;
}

async function usesOf(database: Database, inviteIds: readonly string[]): Promise<InviteUseRow[]> {
  if (inviteIds.length === 0) return [];
  return database
    .selectFrom('inviteUses')
    .selectAll()
    .where('inviteId', 'in', inviteIds)
    .orderBy('inviteId')
    .orderBy('number')
    .execute();
}
