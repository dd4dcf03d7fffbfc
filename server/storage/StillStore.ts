import type { Database, StillRow } from './schema.ts';
import { slices } from './slices.ts';

/** A room of a tenant (API key), open or not. */
export interface RoomKey {
  tenant: string;
  room: string;
}

export interface Page {
  /** Only what is older than the still of this id, which itself may be gone. */
  before?: string;
  limit: number;
}

/** What is known of stills, in SQL that SQLite and PostgreSQL both understand. The pictures are in StillFiles. */
export class StillStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(row: StillRow): Promise<void> {
    await this.#database.insertInto('stills').values(row).execute();
  }

  /** Newest first. */
  list({ tenant, room }: RoomKey, { before, limit }: Page): Promise<StillRow[]> {
    return this.#database
      .selectFrom('stills')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('room', '=', room)
      .$if(before !== undefined, (query) => query.where('stillId', '<', before!))
      .orderBy('stillId', 'desc')
      .limit(limit)
      .execute();
  }

  async count({ tenant, room }: RoomKey): Promise<number> {
    const { count } = await this.#database
      .selectFrom('stills')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('tenant', '=', tenant)
      .where('room', '=', room)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Of all pictures of a tenant. */
  async bytesOf(tenant: string): Promise<number> {
    const { bytes } = await this.#database
      .selectFrom('stills')
      .select(({ fn }) => fn.sum('diskBytes').as('bytes'))
      .where('tenant', '=', tenant)
      .executeTakeFirstOrThrow();
    return Number(bytes ?? 0);
  }

  /** The still of which one of the two pictures is at this address. */
  findByKey(key: string): Promise<StillRow | undefined> {
    return this.#database
      .selectFrom('stills')
      .selectAll()
      .where((is) => is.or([is('accessKey', '=', key), is('previewKey', '=', key)]))
      .executeTakeFirst();
  }

  /** What was removed; undefined where the room has no such still. */
  async remove({ tenant, room }: RoomKey, stillId: string): Promise<StillRow | undefined> {
    return this.#database
      .deleteFrom('stills')
      .where('stillId', '=', stillId)
      .where('tenant', '=', tenant)
      .where('room', '=', room)
      .returningAll()
      .executeTakeFirst();
  }

  /** What was removed. */
  removeOlderThan(timeMs: number): Promise<StillRow[]> {
    return this.#database.deleteFrom('stills').where('takenAt', '<', timeMs).returningAll().execute();
  }

  /** Those of the ids that there are stills of. */
  async existing(stillIds: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const ids of slices(stillIds)) {
      const rows = await this.#database.selectFrom('stills').select('stillId').where('stillId', 'in', ids).execute();
      for (const { stillId } of rows) found.add(stillId);
    }
    return found;
  }
}
