import type { Transaction } from 'kysely';
import type { Database, Tables } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import { hasRowLocks, lockConversations } from './lockConversations.ts';
import { removeMessages } from './removeMessages.ts';
import type { AttachmentRow } from './rows.ts';

/** Rows of one step, so that nobody waits long for it. */
const ROWS_AT_ONCE = 500;

/** What a step removed. */
export interface Removed {
  messageCount: number;
  /** Files that no message has any more; their rows are gone. */
  attachments: AttachmentRow[];
}

/**
 * Removes what is not to be kept any longer. It goes in steps, each a transaction of its own; a caller who stops after one may begin again.
 * Every step throws `storageUnavailable` where the database fails.
 */
export class Retention {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /** Messages that were sent before a time, in all conversations. Several nodes may do it at once. */
  async *removeOlderThan(timeMs: number): AsyncGenerator<Removed> {
    for (;;) {
      const removed = await this.#step('removeOlderThan', async (transaction) => {
        const places = await transaction
          .selectFrom('messages')
          .select(['conversationId', 'seq'])
          .where('sentAt', '<', timeMs)
          .orderBy('sentAt')
          .limit(ROWS_AT_ONCE)
          .$call((query) => (hasRowLocks(transaction) ? query.forUpdate().skipLocked() : query))
          .execute();
        return { messageCount: places.length, attachments: await removeMessages(transaction, places) };
      });
      if (removed.messageCount > 0) yield removed;
      if (removed.messageCount < ROWS_AT_ONCE) return;
    }
  }

  /** A conversation with everything in it; nobody may read it any more when the last step is done. */
  async *removeConversation(conversationId: string): AsyncGenerator<Removed> {
    for (;;) {
      const removed = await this.#step('removeConversation', async (transaction) => {
        await lockConversations(transaction, [conversationId]);
        const places = await transaction
          .selectFrom('messages')
          .select(['conversationId', 'seq'])
          .where('conversationId', '=', conversationId)
          .limit(ROWS_AT_ONCE)
          .execute();
        const attachments = await removeMessages(transaction, places);
        if (places.length === ROWS_AT_ONCE) return { messageCount: places.length, attachments };
        for (const table of ['members', 'conversations'] as const) {
          await transaction.deleteFrom(table).where('conversationId', '=', conversationId).execute();
        }
        const unsent = await transaction
          .deleteFrom('attachments')
          .where('conversationId', '=', conversationId)
          .returningAll()
          .execute();
        return { messageCount: places.length, attachments: [...attachments, ...unsent] };
      });
      yield removed;
      if (removed.messageCount < ROWS_AT_ONCE) return;
    }
  }

  #step<T>(operation: string, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#guard.run(operation, () => this.#database.transaction().execute(work));
  }
}
