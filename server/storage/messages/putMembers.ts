import type { Transaction } from 'kysely';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { MemberInfo, NewMember } from '../../../protocol/conversations.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Tables } from '../schema.ts';
import { slices } from '../slices.ts';
import { lockConversations } from './lockConversations.ts';
import type { MemberRow } from './rows.ts';

/** What came of people who were taken in. */
export interface PutMembers {
  /** Those who are new, or have another name or role. */
  changed: MemberInfo[];
  /** Those of them who were no members before. */
  added: string[];
  memberCount: number;
}

/**
 * Takes people in, or gives members another name or role. Who is new has everything before them still to read.
 *
 * @throws conversationNotFound, limitReached
 */
export async function putMembers(
  transaction: Transaction<Tables>,
  conversationId: string,
  members: readonly NewMember[],
  nowMs: number,
): Promise<PutMembers> {
  const conversation = (await lockConversations(transaction, [conversationId])).get(conversationId);
  if (!conversation) throw new ChaxiError('conversationNotFound');
  // Of one who is named twice the last word counts.
  const asked = new Map(members.map((member) => [member.identity, member]));
  if (asked.size === 0) return { changed: [], added: [], memberCount: conversation.memberCount };
  const present = await transaction
    .selectFrom('members')
    .selectAll()
    .where('conversationId', '=', conversationId)
    .where('identity', 'in', [...asked.keys()])
    .execute();
  const changed = present
    .map((row) => ({ ...row, ...asked.get(row.identity)! }))
    .filter((row, index) => row.name !== present[index]!.name || row.role !== present[index]!.role);
  const known = new Set(present.map(({ identity }) => identity));
  const added: MemberRow[] = [...asked.values()]
    .filter(({ identity }) => !known.has(identity))
    .map(({ identity, name, role }) => ({
      conversationId,
      tenant: conversation.tenant,
      identity,
      name,
      role,
      joinedAt: nowMs,
      deliveredSeq: 0,
      readSeq: 0,
    }));
  const memberCount = conversation.memberCount + added.length;
  if (memberCount > limits.members) throw new ChaxiError('limitReached');
  for (const { identity, name, role } of changed) {
    await transaction
      .updateTable('members')
      .set({ name, role })
      .where('conversationId', '=', conversationId)
      .where('identity', '=', identity)
      .execute();
  }
  if (added.length > 0) {
    for (const rows of slices(added)) await transaction.insertInto('members').values(rows).execute();
    await transaction
      .updateTable('conversations')
      .set({ memberCount })
      .where('conversationId', '=', conversationId)
      .execute();
  }
  return {
    changed: [...changed, ...added].map(memberInfo),
    added: added.map(({ identity }) => identity),
    memberCount,
  };
}

/** What other members see of one. */
export function memberInfo({ identity, name, role, joinedAt, deliveredSeq, readSeq }: MemberRow): MemberInfo {
  return { identity, name, role, joinedAt, deliveredSeq, readSeq };
}
