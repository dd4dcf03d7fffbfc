import type { Transaction } from 'kysely';
import type { Tables } from '../schema.ts';
import { lockConversations } from './lockConversations.ts';

/** @returns the number of members who are left; undefined where that person was none */
export async function removeMember(
  transaction: Transaction<Tables>,
  conversationId: string,
  identity: string,
): Promise<number | undefined> {
  const conversation = (await lockConversations(transaction, [conversationId])).get(conversationId);
  if (!conversation) return undefined;
  const removed = await transaction
    .deleteFrom('members')
    .where('conversationId', '=', conversationId)
    .where('identity', '=', identity)
    .returning('identity')
    .executeTakeFirst();
  if (!removed) return undefined;
  const memberCount = conversation.memberCount - 1;
  await transaction
    .updateTable('conversations')
    .set({ memberCount })
    .where('conversationId', '=', conversationId)
    .execute();
  return memberCount;
}
