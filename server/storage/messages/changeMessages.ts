import type { Transaction } from 'kysely';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message } from '../../../protocol/messages.ts';
import type { Tables } from '../schema.ts';
import { lockConversations, setLastChanges } from './lockConversations.ts';
import { messageOfRow, peopleNamedIn, rowOfMessage } from './messageRow.ts';
import type { AttachmentRow } from './rows.ts';

/** What may change of a message; null where nothing is to be changed. A ChaxiError that it throws comes to the caller. */
export type Mutate = (
  message: Message,
) => Pick<Message, 'from' | 'content' | 'mentions' | 'editedAt' | 'reactions'> | null;

export interface Changed {
  conversationId: string;
  /** Last change of the conversation before the first of these. */
  previous: number;
  /** Those that changed, in the order of changes. */
  messages: Message[];
  /** Files that no message has any more; their rows are gone. */
  attachments: AttachmentRow[];
}

/** Of a message that was deleted for all nothing is left that was said in it or to it. */
const nothingLeft: Pick<Message, 'mentions' | 'reactions'> = { mentions: [], reactions: [] };

/**
 * Changes messages of one conversation, each with the next number of change. Messages that do not exist are passed over.
 *
 * @throws conversationNotFound
 */
export async function changeMessages(
  transaction: Transaction<Tables>,
  conversationId: string,
  seqs: readonly number[],
  mutate: Mutate,
): Promise<Changed> {
  const conversation = (await lockConversations(transaction, [conversationId])).get(conversationId);
  if (!conversation) throw new ChaxiError('conversationNotFound');
  const rows = await transaction
    .selectFrom('messages')
    .selectAll()
    .where('conversationId', '=', conversationId)
    .where('seq', 'in', seqs)
    .orderBy('seq')
    .execute();
  const changed: Changed = { conversationId, previous: conversation.lastChange, messages: [], attachments: [] };
  for (const before of rows.map(messageOfRow)) {
    const changes = mutate(before);
    if (!changes) continue;
    conversation.lastChange += 1;
    const message = { ...before, ...changes, change: conversation.lastChange };
    if (!message.content) Object.assign(message, nothingLeft);
    changed.messages.push(message);
    changed.attachments.push(...(await replace(transaction, message)));
  }
  if (changed.messages.length > 0) await setLastChanges(transaction, [conversation]);
  return changed;
}

/** @returns the file that the message had, where it was deleted */
async function replace(transaction: Transaction<Tables>, after: Message): Promise<AttachmentRow[]> {
  const { conversationId, seq } = after;
  await transaction
    .updateTable('messages')
    .set(rowOfMessage(after))
    .where('conversationId', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
  // Whatever was there, so that also a row whose JSON is damaged leaves nothing behind.
  await transaction
    .deleteFrom('namedPeople')
    .where('conversationId', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
  const people = peopleNamedIn(after);
  if (people.length > 0) await transaction.insertInto('namedPeople').values(people).execute();
  if (after.content) return [];
  return transaction
    .deleteFrom('attachments')
    .where('conversationId', '=', conversationId)
    .where('messageSeq', '=', seq)
    .returningAll()
    .execute();
}
