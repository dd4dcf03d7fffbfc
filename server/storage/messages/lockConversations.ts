import { PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ConversationRow } from './rows.ts';

/**
 * Locks conversations to the end of the transaction, so that whatever takes numbers from them does it one after another.
 * Everyone locks in the order of ids, and before any other row: so nobody waits in a circle. SQLite has locked everything already.
 *
 * @returns those that exist
 */
export async function lockConversations(
  transaction: Transaction<Tables>,
  conversationIds: Iterable<string>,
): Promise<Map<string, ConversationRow>> {
  const rows = await transaction
    .selectFrom('conversations')
    .selectAll()
    .where('conversationId', 'in', [...new Set(conversationIds)])
    .orderBy('conversationId')
    .$call((query) => (hasRowLocks(transaction) ? query.forUpdate() : query))
    .execute();
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** Several can write at once, so that rows must be locked; on SQLite whoever writes is alone. */
export function hasRowLocks(transaction: Transaction<Tables>): boolean {
  return transaction.getExecutor().adapter instanceof PostgresAdapter;
}

/** The numbers up to which conversations have got. */
export async function setLastChanges(
  transaction: Transaction<Tables>,
  changed: Pick<ConversationRow, 'conversationId' | 'lastChange' | 'activeAt'>[],
): Promise<void> {
  const rows = changed.map(
    ({ conversationId, lastChange, activeAt }) =>
      sql`(${conversationId}, cast(${lastChange} as bigint), cast(${activeAt} as bigint))`,
  );
  await sql`
    with changed(conversation_id, last_change, active_at) as (values ${sql.join(rows)})
    update conversations set last_change = changed.last_change, active_at = changed.active_at
    from changed where conversations.conversation_id = changed.conversation_id`.execute(transaction);
}
