import { limits } from '../../../protocol/limits.ts';
import type { ConversationInfo, MemberRole, NewMember, OwnConversation } from '../../../protocol/conversations.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { uuidV7 } from '../../base/uuidV7.ts';
import type { Database } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import { conversationInfo } from './conversationInfo.ts';
import { lockConversations } from './lockConversations.ts';
import { ownConversationOfRow, ownConversations, readableBy, type Access } from './ownConversations.ts';
import { putMembers } from './putMembers.ts';
import type { ConversationRow, Person } from './rows.ts';

/** A conversation of which there is one only, and which is made when it is first asked for. */
export type SingleConversation =
  { tenant: string; kind: 'room'; room: string } | { tenant: string; kind: 'shop'; customer: string; title: string };

/** The place of a conversation in the order of the last message. */
export type ActivityCursor = Pick<ConversationInfo, 'activeAt' | 'conversationId'>;

/** Conversations, in SQL that SQLite and PostgreSQL both understand. Every method throws `storageUnavailable` where the database fails. */
export class ConversationStore {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /** The conversation of a room or a customer; made where there is none, once, however many ask at the same moment. */
  ensure(asked: SingleConversation, nowMs: number): Promise<ConversationInfo> {
    return this.#guard.answer('ensureConversation', async () => {
      const found = await this.#findSingle(asked);
      if (found) return conversationInfo(found);
      await this.#database
        .insertInto('conversations')
        .values({
          ...newConversation(nowMs),
          ...asked,
          room: asked.kind === 'room' ? asked.room : null,
          customer: asked.kind === 'shop' ? asked.customer : null,
          title: asked.kind === 'room' ? asked.room : asked.title,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const made = await this.#findSingle(asked);
      if (!made) throw new ChaxiError('conversationNotFound');
      return conversationInfo(made);
    });
  }

  /** @throws limitReached where there are too many members */
  createGroup(tenant: string, title: string, members: readonly NewMember[], nowMs: number): Promise<ConversationInfo> {
    return this.#guard.answer('createGroup', () =>
      this.#database.transaction().execute(async (transaction) => {
        const row: ConversationRow = {
          ...newConversation(nowMs),
          tenant,
          kind: 'group',
          room: null,
          customer: null,
          title,
        };
        await transaction.insertInto('conversations').values(row).execute();
        const { memberCount } = await putMembers(transaction, row.conversationId, members, nowMs);
        return conversationInfo({ ...row, memberCount });
      }),
    );
  }

  find(tenant: string, conversationId: string): Promise<ConversationInfo | undefined> {
    return this.#guard.answer('findConversation', async () => {
      const row = await this.#database
        .selectFrom('conversations')
        .selectAll()
        .where('conversationId', '=', conversationId)
        .where('tenant', '=', tenant)
        .executeTakeFirst();
      return row && conversationInfo(row);
    });
  }

  /** Another title, where it is another one. */
  rename(conversationId: string, title: string): Promise<void> {
    return this.#guard.answer('renameConversation', async () => {
      await this.#database
        .updateTable('conversations')
        .set({ title })
        .where('conversationId', '=', conversationId)
        .where('title', '<>', title)
        .execute();
    });
  }

  /** What a person may read, the one with the latest message first. */
  listFor(
    person: Person,
    access: Access,
    { after, limit = limits.conversationsPage }: { after?: ActivityCursor; limit?: number } = {},
  ): Promise<{ conversations: OwnConversation[]; more: boolean }> {
    return this.#guard.answer('listConversations', async () => {
      const rows = await ownConversations(this.#database, person, access)
        .$if(after !== undefined, (query) =>
          query.where((is) =>
            is(
              is.refTuple('conversations.activeAt', 'conversations.conversationId'),
              '<',
              is.tuple(after!.activeAt, after!.conversationId),
            ),
          ),
        )
        .orderBy('conversations.activeAt', 'desc')
        .orderBy('conversations.conversationId', 'desc')
        .limit(limit + 1)
        .execute();
      return { conversations: rows.slice(0, limit).map(ownConversationOfRow), more: rows.length > limit };
    });
  }

  /** Undefined where this person may not read it. */
  own(person: Person, access: Access, conversationId: string): Promise<OwnConversation | undefined> {
    return this.#guard.answer('ownConversation', async () => {
      const row = await ownConversations(this.#database, person, access)
        .where('conversations.conversationId', '=', conversationId)
        .executeTakeFirst();
      return row && ownConversationOfRow(row);
    });
  }

  /** As `own`, without a look at what is unread. */
  async access(
    person: Person,
    access: Access,
    conversationId: string,
  ): Promise<{ conversation: ConversationInfo; role: MemberRole; isMember: boolean } | undefined> {
    return this.#guard.answer('conversationAccess', async () => {
      const row = await readableBy(this.#database, person, access)
        .selectAll('conversations')
        .select('own.role')
        .where('conversations.conversationId', '=', conversationId)
        .executeTakeFirst();
      if (!row) return undefined;
      return { conversation: conversationInfo(row), role: row.role ?? 'host', isMember: row.role !== null };
    });
  }

  /** Of all that this person may read. */
  conversationIdsOf(person: Person, access: Access): Promise<string[]> {
    return this.#guard.answer('conversationIds', async () => {
      const rows = await readableBy(this.#database, person, access).select('conversations.conversationId').execute();
      return rows.map(({ conversationId }) => conversationId);
    });
  }

  /** Of which conversations each of these people is a member, but for those with so many members that nobody is told who comes and goes. */
  listedWith(people: readonly Person[]): Promise<(Person & Pick<ConversationInfo, 'conversationId' | 'kind'>)[]> {
    if (people.length === 0) return Promise.resolve([]);
    return this.#guard.answer('conversationsOfPeople', () =>
      this.#database
        .selectFrom('members')
        .innerJoin('conversations', 'conversations.conversationId', 'members.conversationId')
        .select(['members.tenant', 'members.identity', 'conversations.conversationId', 'conversations.kind'])
        .where((is) =>
          is.or(
            people.map(({ tenant, identity }) =>
              is.and([is('members.tenant', '=', tenant), is('members.identity', '=', identity)]),
            ),
          ),
        )
        .where('conversations.memberCount', '<=', limits.listedMembers)
        .execute(),
    );
  }

  /** As it is when all is done that is being written to it now. */
  settled(conversationId: string): Promise<ConversationInfo | undefined> {
    return this.#guard.answer('settledConversation', () =>
      this.#database.transaction().execute(async (transaction) => {
        const row = (await lockConversations(transaction, [conversationId])).get(conversationId);
        return row && conversationInfo(row);
      }),
    );
  }

  /** The conversation of a room, where there is one. */
  findRoom(tenant: string, room: string): Promise<ConversationInfo | undefined> {
    return this.#guard.answer('findRoom', async () => {
      const row = await this.#findSingle({ tenant, kind: 'room', room });
      return row && conversationInfo(row);
    });
  }

  #findSingle(asked: SingleConversation): Promise<ConversationRow | undefined> {
    const [column, name] =
      asked.kind === 'room' ? (['room', asked.room] as const) : (['customer', asked.customer] as const);
    return this.#database
      .selectFrom('conversations')
      .selectAll()
      .where('tenant', '=', asked.tenant)
      .where(column, '=', name)
      .executeTakeFirst();
  }
}

function newConversation(
  nowMs: number,
): Pick<ConversationRow, 'conversationId' | 'createdAt' | 'activeAt' | 'lastChange' | 'memberCount'> {
  return { conversationId: uuidV7(nowMs), createdAt: nowMs, activeAt: nowMs, lastChange: 0, memberCount: 0 };
}
