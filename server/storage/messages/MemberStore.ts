import { sql } from 'kysely';
import type { MemberInfo, NewMember } from '../../../protocol/conversations.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Database } from '../schema.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import { hasRowLocks } from './lockConversations.ts';
import { memberInfo, putMembers, type PutMembers } from './putMembers.ts';
import { removeMember } from './removeMember.ts';
import type { MemberRow } from './rows.ts';

/** How far a member has got. */
export type Receipt = Pick<MemberRow, 'conversationId' | 'identity' | 'deliveredSeq' | 'readSeq'>;

/** Members of conversations, and how far they have read. Every method throws `storageUnavailable` where the database fails. */
export class MemberStore {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /** Takes people in, or gives members another name or role. @throws conversationNotFound, limitReached */
  put(conversationId: string, members: readonly NewMember[], nowMs: number): Promise<PutMembers> {
    return this.#guard.answer('putMembers', () =>
      this.#database.transaction().execute((transaction) => putMembers(transaction, conversationId, members, nowMs)),
    );
  }

  /** The number of members who are left; undefined where they were no member. */
  remove(conversationId: string, identity: string): Promise<number | undefined> {
    return this.#guard.answer('removeMember', () =>
      this.#database.transaction().execute((transaction) => removeMember(transaction, conversationId, identity)),
    );
  }

  /** By identity, in the order of the database. */
  list(
    conversationId: string,
    { after, limit = limits.messagesPage }: { after?: string; limit?: number } = {},
  ): Promise<{ members: MemberInfo[]; more: boolean }> {
    return this.#guard.answer('listMembers', async () => {
      const rows = await this.#database
        .selectFrom('members')
        .selectAll()
        .where('conversationId', '=', conversationId)
        .$if(after !== undefined, (query) => query.where('identity', '>', after!))
        .orderBy('identity')
        .limit(limit + 1)
        .execute();
      return { members: rows.slice(0, limit).map(memberInfo), more: rows.length > limit };
    });
  }

  find(conversationId: string, identity: string): Promise<MemberInfo | undefined> {
    return this.#guard.answer('findMember', async () => {
      const row = await this.#database
        .selectFrom('members')
        .selectAll()
        .where('conversationId', '=', conversationId)
        .where('identity', '=', identity)
        .executeTakeFirst();
      return row && memberInfo(row);
    });
  }

  /**
   * Moves watermarks on, never back, and not beyond the last change of the conversation. What was read was delivered too. People who are no
   * members are passed over.
   *
   * @returns those that moved, as they are now
   */
  advance(receipts: readonly Receipt[]): Promise<Receipt[]> {
    if (receipts.length === 0) return Promise.resolve([]);
    const rows = [...furthest(receipts).values()].map(
      ({ conversationId, identity, deliveredSeq, readSeq }) =>
        sql`(${conversationId}, ${identity}, cast(${deliveredSeq} as bigint), cast(${readSeq} as bigint))`,
    );
    return this.#guard.answer('advance', () =>
      this.#database.transaction().execute(async (transaction) => {
        // In one order, so that nobody waits in a circle.
        const lock = hasRowLocks(transaction)
          ? sql`order by members.conversation_id, members.identity for update of members`
          : sql``;
        const { rows: moved } = await sql<Receipt>`
          with asked(conversation_id, identity, delivered_seq, read_seq) as (values ${sql.join(rows)}),
          reached as (
            select members.conversation_id, members.identity,
              case when asked.delivered_seq > conversations.last_change then conversations.last_change
                else asked.delivered_seq end as delivered_seq,
              case when asked.read_seq > conversations.last_change then conversations.last_change
                else asked.read_seq end as read_seq
            from asked
            join members on members.conversation_id = asked.conversation_id and members.identity = asked.identity
            join conversations on conversations.conversation_id = asked.conversation_id
            ${lock}
          )
          update members set
            delivered_seq = case when reached.delivered_seq > members.delivered_seq then reached.delivered_seq
              else members.delivered_seq end,
            read_seq = case when reached.read_seq > members.read_seq then reached.read_seq else members.read_seq end
          from reached
          where members.conversation_id = reached.conversation_id and members.identity = reached.identity
            and (reached.delivered_seq > members.delivered_seq or reached.read_seq > members.read_seq)
          returning members.conversation_id, members.identity, members.delivered_seq, members.read_seq`.execute(
          transaction,
        );
        return moved;
      }),
    );
  }
}

/** One watermark for each member. */
function furthest(receipts: readonly Receipt[]): Map<string, Receipt> {
  const byMember = new Map<string, Receipt>();
  for (const { conversationId, identity, deliveredSeq, readSeq } of receipts) {
    const key = `${conversationId} ${identity}`;
    const before = byMember.get(key);
    byMember.set(key, {
      conversationId,
      identity,
      deliveredSeq: Math.max(before?.deliveredSeq ?? 0, deliveredSeq, readSeq),
      readSeq: Math.max(before?.readSeq ?? 0, readSeq),
    });
  }
  return byMember;
}
