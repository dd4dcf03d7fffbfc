import type { Transaction } from 'kysely';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message } from '../../../protocol/messages.ts';
import type { Tables } from '../schema.ts';
import { slices } from '../slices.ts';
import { lockConversations, setLastChanges } from './lockConversations.ts';
import { attachmentIdIn, messageOfRow, peopleNamedIn, rowOfMessage } from './messageRow.ts';
import type { ConversationRow } from './rows.ts';

/** Messages that one person sends in one conversation: all or none are stored. */
export interface AppendRequest {
  conversationId: string;
  from: Message['from'];
  /** Milliseconds since 1970. */
  sentAt: number;
  messages: Pick<Message, 'clientId' | 'content' | 'replyTo' | 'mentions'>[];
}

export interface Appended {
  /** Last change of the conversation before the first of those that are new. */
  previous: number;
  /** In the order asked; one that was stored before as it is now. */
  messages: Message[];
  /** Those that are new. */
  added: Message[];
}

/**
 * Stores what many send, of any conversations, in one transaction.
 *
 * @returns for each request what came of it; conversationNotFound, or attachmentNotFound where a file is not there, not ready, not the
 *   sender's, or was sent before
 */
export async function appendMessages(
  transaction: Transaction<Tables>,
  requests: readonly AppendRequest[],
): Promise<(Appended | ChaxiError)[]> {
  const asked = requests.map(({ conversationId }) => conversationId);
  const conversations = await lockConversations(transaction, asked);
  const drafts = draft(requests, conversations);
  const inserted = await insert(transaction, drafts.flat());
  const isNew = (message: Message) => inserted.has(placeOf(message));
  for (const messages of drafts) {
    const added = messages.filter(isNew);
    if (await bindAttachments(transaction, added)) continue;
    await takeBack(transaction, added);
    for (const message of added) inserted.delete(placeOf(message));
  }
  const kept = drafts.flat().filter(isNew);
  await namePeople(transaction, kept);
  const stored = await findStored(
    transaction,
    drafts.flat().filter((message) => !isNew(message)),
  );
  const outcomes = requests.map(({ conversationId }, index) => {
    const conversation = conversations.get(conversationId);
    if (!conversation) return new ChaxiError('conversationNotFound');
    const messages = drafts[index]!.map((message) => (isNew(message) ? message : stored.get(originOf(message))));
    // Neither new nor there: its file could not be had.
    if (!messages.every((message) => message !== undefined)) return new ChaxiError('attachmentNotFound');
    const added = drafts[index]!.filter(isNew);
    const previous = conversation.lastChange;
    conversation.lastChange = added.at(-1)?.seq ?? previous;
    if (added.length > 0) conversation.activeAt = Math.max(conversation.activeAt, requests[index]!.sentAt);
    return { previous, messages, added };
  });
  const changed = new Set(kept.map(({ conversationId }) => conversationId));
  if (changed.size > 0) {
    await setLastChanges(
      transaction,
      [...changed].map((conversationId) => conversations.get(conversationId)!),
    );
  }
  return outcomes;
}

/** The messages of each request, as if all of them were new; those of conversations that do not exist are left out. */
function draft(requests: readonly AppendRequest[], conversations: ReadonlyMap<string, ConversationRow>): Message[][] {
  const lastSeqs = new Map([...conversations].map(([id, { lastChange }]) => [id, lastChange]));
  return requests.map(({ conversationId, from, sentAt, messages }) => {
    const lastSeq = lastSeqs.get(conversationId);
    if (lastSeq === undefined) return [];
    lastSeqs.set(conversationId, lastSeq + messages.length);
    return messages.map((message, index) => {
      const seq = lastSeq + index + 1;
      return { ...message, conversationId, seq, change: seq, from, sentAt, editedAt: null, reactions: [] };
    });
  });
}

/** @returns the places of those that were not stored before */
async function insert(transaction: Transaction<Tables>, messages: readonly Message[]): Promise<Set<string>> {
  const inserted = new Set<string>();
  for (const part of slices(messages)) {
    const rows = await transaction
      .insertInto('messages')
      .values(part.map(rowOfMessage))
      .onConflict((conflict) => conflict.columns(['senderIdentity', 'conversationId', 'clientId']).doNothing())
      .returning(['conversationId', 'seq'])
      .execute();
    for (const row of rows) inserted.add(placeOf(row));
  }
  return inserted;
}

/** A file is sent once, by whoever uploaded it. @returns whether every one could be had */
async function bindAttachments(transaction: Transaction<Tables>, messages: readonly Message[]): Promise<boolean> {
  for (const message of messages) {
    const attachmentId = attachmentIdIn(message);
    if (attachmentId === null) continue;
    const { numUpdatedRows } = await transaction
      .updateTable('attachments')
      .set({ messageSeq: message.seq })
      .where('attachmentId', '=', attachmentId)
      .where('conversationId', '=', message.conversationId)
      .where('uploader', '=', message.from.identity)
      .where('state', '=', 'ready')
      .where('messageSeq', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
  }
  return true;
}

/** Removes messages that this transaction inserted. */
async function takeBack(transaction: Transaction<Tables>, messages: readonly Message[]): Promise<void> {
  const { conversationId } = messages[0]!;
  const seqs = messages.map(({ seq }) => seq);
  await transaction
    .updateTable('attachments')
    .set({ messageSeq: null })
    .where('conversationId', '=', conversationId)
    .where('messageSeq', 'in', seqs)
    .execute();
  await transaction
    .deleteFrom('messages')
    .where('conversationId', '=', conversationId)
    .where('seq', 'in', seqs)
    .execute();
}

async function namePeople(transaction: Transaction<Tables>, messages: readonly Message[]): Promise<void> {
  for (const people of slices(messages.flatMap(peopleNamedIn))) {
    await transaction.insertInto('namedPeople').values(people).execute();
  }
}

/** What was stored before of messages that are sent again, by where they came from. */
async function findStored(
  transaction: Transaction<Tables>,
  messages: readonly Message[],
): Promise<Map<string, Message>> {
  const groups = Map.groupBy(messages, ({ conversationId, from }) => `${conversationId} ${from.identity}`);
  const stored = new Map<string, Message>();
  for (const group of groups.values()) {
    const { conversationId, from } = group[0]!;
    const rows = await transaction
      .selectFrom('messages')
      .selectAll()
      .where('conversationId', '=', conversationId)
      .where('senderIdentity', '=', from.identity)
      .where(
        'clientId',
        'in',
        group.map(({ clientId }) => clientId),
      )
      .execute();
    for (const row of rows) {
      const message = messageOfRow(row);
      stored.set(originOf(message), message);
    }
  }
  return stored;
}

function placeOf({ conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>): string {
  return `${conversationId} ${seq}`;
}

function originOf({ conversationId, clientId, from }: Message): string {
  return `${conversationId} ${clientId} ${from.identity}`;
}
