import type { Logger } from '../../base/logger.ts';
import type { Database } from '../schema.ts';
import { StorageGuard } from '../StorageGuard.ts';
import { RoomRecordStore } from './RoomRecordStore.ts';
import { TastingNoteStore } from './TastingNoteStore.ts';

const DAY_MS = 86_400_000;

export interface TastingStoresOptions {
  database: Database;
  /** All nodes have this database. */
  isShared: boolean;
  /** 0 keeps everything for ever. */
  retentionDays: number;
  logger: Logger;
}

/** What is kept of tastings, in one database. */
export class TastingStores {
  readonly records: RoomRecordStore;
  readonly notes: TastingNoteStore;
  readonly isShared: boolean;
  readonly #database: Database;
  readonly #retentionDays: number;
  readonly #guard: StorageGuard;
  readonly #logger: Logger;

  constructor({ database, isShared, retentionDays, logger }: TastingStoresOptions) {
    this.#guard = new StorageGuard('tastings', logger);
    this.records = new RoomRecordStore(database, this.#guard);
    this.notes = new TastingNoteStore(database, this.#guard);
    this.isShared = isShared;
    this.#database = database;
    this.#retentionDays = retentionDays;
    this.#logger = logger;
  }

  /** Removes what is older than the retention allows. Several nodes may do it at once. @throws storageUnavailable */
  async sweep(nowMs = Date.now()): Promise<void> {
    if (this.#retentionDays === 0) return;
    const before = nowMs - this.#retentionDays * DAY_MS;
    for (const table of ['roomRecords', 'tastingNotes'] as const) {
      const { numDeletedRows } = await this.#guard.run('sweep', () =>
        this.#database.deleteFrom(table).where('updatedAt', '<', before).executeTakeFirstOrThrow(),
      );
      if (numDeletedRows > 0) this.#logger.info('tastings swept', { table, count: Number(numDeletedRows) });
    }
  }

  /** Resolves when nothing is being read or written any more. */
  idle(): Promise<void> {
    return this.#guard.idle();
  }
}
