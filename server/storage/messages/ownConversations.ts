import { limits } from '../../../protocol/limits.ts';
import type { OwnConversation } from '../../../protocol/conversations.ts';
import type { Database } from '../schema.ts';
import { conversationInfo } from './conversationInfo.ts';
import type { ConversationRow, MemberRow, Person } from './rows.ts';

/** What of a person's token decides which conversations are theirs. */
export interface Access {
  /** Stands at the shop's counter: reads all conversations with customers. */
  counter: boolean;
}

/** Conversations that a person may read, each with the row `own` of their membership, which at the counter may be missing. */
export function readableBy(database: Database, { tenant, identity }: Person, { counter }: Access) {
  return database
    .selectFrom('conversations')
    .leftJoin('members as own', (join) =>
      join
        .onRef('own.conversationId', '=', 'conversations.conversationId')
        .on('own.tenant', '=', tenant)
        .on('own.identity', '=', identity),
    )
    .where('conversations.tenant', '=', tenant)
    .where((is) => {
      const isMember = is('own.identity', 'is not', null);
      return counter ? is.or([isMember, is('conversations.kind', '=', 'shop')]) : isMember;
    });
}

/** With what of them is unread. */
export function ownConversations(database: Database, person: Person, access: Access) {
  const { identity } = person;
  return readableBy(database, person, access)
    .selectAll('conversations')
    .select(['own.role', 'own.readSeq'])
    .select((outer) => [
      outer
        .selectFrom(
          outer
            .selectFrom('messages')
            .select('messages.seq')
            .whereRef('messages.conversationId', '=', 'conversations.conversationId')
            .whereRef('messages.seq', '>', outer.fn.coalesce('own.readSeq', outer.lit(0)))
            .where('messages.senderIdentity', '<>', identity)
            .where('messages.content', 'is not', null)
            // So that PostgreSQL takes them from the index and stops at the limit.
            .orderBy('messages.seq')
            .limit(limits.unreadCount)
            .as('counted'),
        )
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('unread'),
      outer
        .selectFrom('namedPeople')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('namedPeople.identity', '=', identity)
        .whereRef('namedPeople.conversationId', '=', 'conversations.conversationId')
        .whereRef('namedPeople.seq', '>', outer.fn.coalesce('own.readSeq', outer.lit(0)))
        .where('namedPeople.how', '=', 'mentioned')
        .as('mentions'),
    ]);
}

/** A row of `ownConversations` as its person sees it. */
export function ownConversationOfRow(
  row: ConversationRow & {
    role: MemberRow['role'] | null;
    readSeq: number | null;
    unread: number | null;
    mentions: number | null;
  },
): OwnConversation {
  const { role, readSeq, unread, mentions } = row;
  return {
    ...conversationInfo(row),
    role: role ?? 'host',
    readSeq: readSeq ?? 0,
    unread: unread ?? 0,
    mentioned: (mentions ?? 0) > 0,
  };
}
