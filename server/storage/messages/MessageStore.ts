import { sql } from 'kysely';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/messages.ts';
import type { Database } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import { appendMessages, type Appended, type AppendRequest } from './appendMessages.ts';
import { changeMessages, type Changed, type Mutate } from './changeMessages.ts';
import { messageOfRow } from './messageRow.ts';
import { readableBy, type Access } from './ownConversations.ts';
import type { Person } from './rows.ts';
import { containing, searchWords } from './searchText.ts';

export interface MessagePage {
  messages: Message[];
  /** There are others after the last of these. */
  more: boolean;
}

/** The place of a message in the order of time, over all conversations. */
export type SentCursor = Pick<Message, 'sentAt' | 'conversationId' | 'seq'>;

/**
 * Messages, in SQL that SQLite and PostgreSQL both understand. When a method that writes resolves, what it wrote outlives a crash.
 * Every method throws `storageUnavailable` where the database fails; what was asked for may be done all the same.
 */
export class MessageStore {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /**
   * Stores what many send, of any conversations, in one transaction; what was stored before is answered as it is now.
   *
   * @returns for each request what came of it; conversationNotFound, or attachmentNotFound where a file is not there, not ready, not the
   *   sender's, or was sent before
   */
  append(requests: readonly AppendRequest[]): Promise<(Appended | ChaxiError)[]> {
    if (requests.length === 0) return Promise.resolve([]);
    return this.#guard.answer('append', () =>
      this.#database.transaction().execute((transaction) => appendMessages(transaction, requests)),
    );
  }

  /**
   * Changes one message, whose conversation stands still meanwhile; without messages in the answer there was nothing to change.
   *
   * @throws conversationNotFound, messageNotFound, and what `mutate` throws
   */
  change(conversationId: string, seq: number, mutate: Mutate): Promise<Changed & { message: Message }> {
    return this.#guard.answer('change', () =>
      this.#database.transaction().execute(async (transaction) => {
        let message: Message | undefined;
        const changed = await changeMessages(transaction, conversationId, [seq], (found) => mutate((message = found)));
        message = changed.messages[0] ?? message;
        if (!message) throw new ChaxiError('messageNotFound');
        return { ...changed, message };
      }),
    );
  }

  /** Before a message, the latest first. */
  history(
    conversationId: string,
    { before, limit = limits.messagesPage }: { before?: number; limit?: number } = {},
  ): Promise<MessagePage> {
    return this.#guard.answer('history', async () => {
      const rows = await this.#database
        .selectFrom('messages')
        .selectAll()
        .where('conversationId', '=', conversationId)
        .$if(before !== undefined, (query) => query.where('seq', '<', before!))
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute();
      return pageOf(rows.map(messageOfRow), limit);
    });
  }

  /** What is new or changed after a change, in the order of changes. */
  sync(
    conversationId: string,
    { after, limit = limits.messagesPage }: { after: number; limit?: number },
  ): Promise<MessagePage> {
    return this.#guard.answer('sync', async () => {
      const rows = await this.#database
        .selectFrom('messages')
        .selectAll()
        .where('conversationId', '=', conversationId)
        .where('change', '>', after)
        .orderBy('change')
        .limit(limit + 1)
        .execute();
      return pageOf(rows.map(messageOfRow), limit);
    });
  }

  /** Messages that have all words of a query, the latest first; in one conversation, or in all that this person may read. */
  search(
    person: Person,
    access: Access,
    query: string,
    {
      conversationId,
      before,
      limit = limits.searchPage,
    }: { conversationId?: string; before?: SentCursor; limit?: number } = {},
  ): Promise<MessagePage> {
    const words = searchWords(query);
    if (words.length === 0) return Promise.resolve({ messages: [], more: false });
    return this.#guard.answer('search', async () => {
      const readable = readableBy(this.#database, person, access)
        .$if(conversationId !== undefined, (all) => all.where('conversations.conversationId', '=', conversationId!))
        .select('conversations.conversationId');
      const rows = await this.#database
        .selectFrom('messages')
        .selectAll()
        .where('conversationId', 'in', readable)
        .where((is) =>
          is.and(words.map((word) => sql<boolean>`${is.ref('searchText')} like ${containing(word)} escape '\\'`)),
        )
        .$if(before !== undefined, (all) =>
          all.where((is) =>
            is(
              is.refTuple('sentAt', 'conversationId', 'seq'),
              '<',
              is.tuple(before!.sentAt, before!.conversationId, before!.seq),
            ),
          ),
        )
        .orderBy('sentAt', 'desc')
        .orderBy('conversationId', 'desc')
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute();
      return pageOf(rows.map(messageOfRow), limit);
    });
  }
}

function pageOf(messages: Message[], limit: number): MessagePage {
  return { messages: messages.slice(0, limit), more: messages.length > limit };
}
