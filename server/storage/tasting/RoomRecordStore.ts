import type { Database } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import type { RoomKey } from '../StillStore.ts';
import { ROWS_AT_ONCE } from './rows.ts';

/** A document of a room as it is kept. */
export interface StoredRecord {
  part: string;
  revision: number;
  /** What JSON can say. */
  value: unknown;
}

/** Small documents of rooms, which outlive the rooms. Each call throws `storageUnavailable` where the database fails. */
export class RoomRecordStore {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /** All documents of a room. */
  load({ tenant, room }: RoomKey): Promise<StoredRecord[]> {
    return this.#guard.answer('loadRecords', async () => {
      const rows = await this.#database
        .selectFrom('roomRecords')
        .select(['part', 'revision', 'value'])
        .where('tenant', '=', tenant)
        .where('room', '=', room)
        .execute();
      return rows.map(({ part, revision, value }) => ({ part, revision, value: JSON.parse(value) as unknown }));
    });
  }

  /** Documents of one kind in all rooms of a tenant, in the order of the rooms: those that follow one of these, some at once. */
  listPart(tenant: string, part: string, after?: string): Promise<{ room: string; value: unknown }[]> {
    return this.#guard.run('listRecords', async () => {
      const rows = await this.#database
        .selectFrom('roomRecords')
        .select(['room', 'value'])
        .where('tenant', '=', tenant)
        .where('part', '=', part)
        .$if(after !== undefined, (query) => query.where('room', '>', after!))
        .orderBy('room')
        .limit(ROWS_AT_ONCE)
        .execute();
      return rows.map(({ room, value }) => ({ room, value: JSON.parse(value) as unknown }));
    });
  }

  /**
   * The next revision of a document takes the place of an earlier one, or of none. Where it takes too long it may be done all the same, later.
   * @returns false where someone else has written it already, or one that is later still, and nothing was done
   */
  replace(room: RoomKey, record: StoredRecord, nowMs: number): Promise<boolean> {
    return this.#guard.answer('replaceRecord', () => this.#write(room, record, nowMs, '<'));
  }

  /** A revision that other nodes have, which keep theirs in other databases, takes the place of whatever is not later. */
  async keep(room: RoomKey, record: StoredRecord, nowMs: number): Promise<void> {
    await this.#guard.run('keepRecord', () => this.#write(room, record, nowMs, '<='));
  }

  async #write(
    { tenant, room }: RoomKey,
    { part, revision, value }: StoredRecord,
    updatedAt: number,
    placeOf: '<' | '<=',
  ): Promise<boolean> {
    const changed = { revision, value: JSON.stringify(value), updatedAt };
    const written = await this.#database
      .insertInto('roomRecords')
      .values({ tenant, room, part, ...changed })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'room', 'part'])
          .doUpdateSet(changed)
          .where('roomRecords.revision', placeOf, revision),
      )
      .returning('revision')
      .execute();
    return written.length > 0;
  }
}
