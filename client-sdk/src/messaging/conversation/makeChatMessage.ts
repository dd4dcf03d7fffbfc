import type { Message } from '../../../../protocol/messages.ts';
import type { ChatMessage } from '../ChatMessage.ts';

/** A message of the server as `identity` sees it. */
export function makeChatMessage(message: Message, identity: string): ChatMessage {
  const { conversationId, seq, clientId, from, sentAt, content, replyTo, mentions, editedAt, reactions } = message;
  return {
    key: messageKey(from.identity, clientId),
    conversationId,
    seq,
    clientId,
    from,
    sentAt,
    content,
    replyTo,
    mentions,
    editedAt,
    reactions,
    isOwn: from.identity === identity,
    outgoing: null,
  };
}

/** Each device numbers its messages, and two people may have the same numbers. */
export function messageKey(identity: string, clientId: string): string {
  return `${identity}/${clientId}`;
}
