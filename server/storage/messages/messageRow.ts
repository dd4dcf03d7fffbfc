import type { Message, MessageContent } from '../../../protocol/messages.ts';
import type { MessageRow, NamedPersonRow } from './rows.ts';
import { searchText } from './searchText.ts';

/** What the database keeps of a message. */
export function rowOfMessage(message: Message): MessageRow {
  const { conversationId, seq, change, clientId, from, sentAt, content, replyTo, mentions, editedAt, reactions } =
    message;
  return {
    conversationId,
    seq,
    change,
    clientId,
    senderIdentity: from.identity,
    senderName: from.name,
    sentAt,
    content: content && JSON.stringify(content),
    replyTo,
    mentions: JSON.stringify(mentions),
    editedAt,
    reactions: JSON.stringify(reactions),
    searchText: searchText(content),
  };
}

/** The message of a row. JSON that is damaged counts as deleted: one bad row must not hide all others. */
export function messageOfRow(row: Omit<MessageRow, 'searchText'>): Message {
  const { conversationId, seq, change, clientId, sentAt, replyTo, editedAt } = row;
  return {
    conversationId,
    seq,
    change,
    clientId,
    from: { identity: row.senderIdentity, name: row.senderName },
    sentAt,
    content: parse<MessageContent | null>(row.content, null),
    replyTo,
    mentions: parse(row.mentions, []),
    editedAt,
    reactions: parse(row.reactions, []),
  };
}

/** Whom a message names, its sender left out. */
export function peopleNamedIn({ conversationId, seq, from, mentions, reactions }: Message): NamedPersonRow[] {
  const rowsOf = (identities: Iterable<string>, how: NamedPersonRow['how']) =>
    [...new Set(identities)]
      .filter((identity) => identity !== from.identity)
      .map((identity) => ({ identity, conversationId, seq, how }));
  return [
    ...rowsOf(mentions, 'mentioned'),
    ...rowsOf(
      reactions.flatMap(({ identities }) => identities),
      'reacted',
    ),
  ];
}

/** Id of the file that a message carries. */
export function attachmentIdIn({ content }: Pick<Message, 'content'>): string | null {
  return content && 'attachment' in content ? content.attachment.attachmentId : null;
}

function parse<T>(json: string | null, otherwise: T): T {
  try {
    return json === null ? otherwise : (JSON.parse(json) as T);
  } catch {
    return otherwise;
  }
}
