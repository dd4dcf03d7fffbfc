import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { TastingNote } from '../../../protocol/tastingNotes.ts';
import { hasRowLocks } from '../messages/lockConversations.ts';
import type { Database, Tables } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import type { RoomKey } from '../StillStore.ts';
import { blankNote, noteOfRow, rowOfNote } from './noteRow.ts';
import { ROWS_AT_ONCE } from './rows.ts';

/** Whose note it is, as they are called now. */
export interface NoteAuthor {
  identity: string;
  name: string;
}

export interface ChangedNote {
  note: TastingNote;
  /** Something of it was written. */
  isChanged: boolean;
}

/** What people wrote of the teas of rooms. Each call throws `storageUnavailable` where the database fails. */
export class TastingNoteStore {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /**
   * Writes what `change` makes of a note, which is empty where there was none; nothing where it says the same. Of several at once each is
   * made of what the one before wrote. Where it takes too long it may be done all the same, later.
   */
  change(
    room: RoomKey,
    author: NoteAuthor,
    teaId: string,
    change: (note: TastingNote) => TastingNote,
    nowMs: number,
  ): Promise<ChangedNote> {
    return this.#guard.answer('changeNote', () =>
      this.#database.transaction().execute(async (transaction) => {
        for (;;) {
          const before = await lockNote(transaction, room, author.identity, teaId);
          const present = { ...(before ?? blankNote(teaId, author)), name: author.name };
          const changed = change(present);
          if (isDeepStrictEqual(changed, before ?? present)) return { note: changed, isChanged: false };
          const note = { ...changed, updatedAt: Math.max(nowMs, present.updatedAt + 1) };
          if (await write(transaction, room, note, before !== undefined)) return { note, isChanged: true };
        }
      }),
    );
  }

  /** All notes of one person in a room. */
  listOwn(room: RoomKey, identity: string): Promise<TastingNote[]> {
    return this.#list('listOwnNotes', room, { identity });
  }

  /** The shared notes of a room, of one tea or of all. */
  listShared(room: RoomKey, teaId?: string): Promise<TastingNote[]> {
    return this.#list('listSharedNotes', room, { shared: 1, teaId });
  }

  /** All notes of a room, shared or not. */
  listAll(room: RoomKey): Promise<TastingNote[]> {
    return this.#list('listAllNotes', room, {});
  }

  /** Notes of one person in all rooms of a tenant, in the order of rooms and teas: those that follow one of these, some at once. */
  async listOfPerson(
    tenant: string,
    identity: string,
    after?: { room: string; teaId: string },
  ): Promise<{ room: string; note: TastingNote }[]> {
    return this.#guard.run('listNotesOfPerson', async () => {
      const rows = await this.#database
        .selectFrom('tastingNotes')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('identity', '=', identity)
        .$if(after !== undefined, (query) =>
          query.where((is) => is(is.refTuple('room', 'teaId'), '>', is.tuple(after!.room, after!.teaId))),
        )
        .orderBy('room')
        .orderBy('teaId')
        .limit(ROWS_AT_ONCE)
        .execute();
      return rows.map((row) => ({ room: row.room, note: noteOfRow(row) }));
    });
  }

  /** @returns those that others could see */
  async removeOfPerson(tenant: string, identity: string): Promise<{ room: string; teaId: string }[]> {
    return this.#guard.run('removeNotesOfPerson', async () => {
      const rows = await this.#database
        .deleteFrom('tastingNotes')
        .where('tenant', '=', tenant)
        .where('identity', '=', identity)
        .returning(['room', 'teaId', 'shared'])
        .execute();
      return rows.filter(({ shared }) => shared === 1).map(({ room, teaId }) => ({ room, teaId }));
    });
  }

  #list(
    operation: string,
    { tenant, room }: RoomKey,
    { identity, shared, teaId }: { identity?: string; shared?: 1; teaId?: string },
  ): Promise<TastingNote[]> {
    return this.#guard.answer(operation, async () => {
      const rows = await this.#database
        .selectFrom('tastingNotes')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('room', '=', room)
        .$if(identity !== undefined, (query) => query.where('identity', '=', identity!))
        .$if(shared !== undefined, (query) => query.where('shared', '=', shared!))
        .$if(teaId !== undefined, (query) => query.where('teaId', '=', teaId!))
        .orderBy('identity')
        .orderBy('teaId')
        .execute();
      return rows.map(noteOfRow);
    });
  }
}

/** To the end of the transaction nobody else writes it, where it is there. */
async function lockNote(
  transaction: Transaction<Tables>,
  { tenant, room }: RoomKey,
  identity: string,
  teaId: string,
): Promise<TastingNote | undefined> {
  const row = await transaction
    .selectFrom('tastingNotes')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('room', '=', room)
    .where('identity', '=', identity)
    .where('teaId', '=', teaId)
    .$call((query) => (hasRowLocks(transaction) ? query.forUpdate() : query))
    .executeTakeFirst();
  return row && noteOfRow(row);
}

/** @returns false where there was none, and someone else has written one meanwhile */
async function write(
  transaction: Transaction<Tables>,
  room: RoomKey,
  note: TastingNote,
  isThere: boolean,
): Promise<boolean> {
  const row = rowOfNote(room, note);
  if (!isThere) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('tastingNotes')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows !== 0n;
  }
  const { tenant, room: name, identity, teaId, ...changed } = row;
  await transaction
    .updateTable('tastingNotes')
    .set(changed)
    .where('tenant', '=', tenant)
    .where('room', '=', name)
    .where('identity', '=', identity)
    .where('teaId', '=', teaId)
    .execute();
  return true;
}
