import type { ConversationInfo } from '../../../protocol/conversations.ts';
import type { ConversationRow } from './rows.ts';

/** What members see of a conversation. */
export function conversationInfo(row: ConversationRow): ConversationInfo {
  const { conversationId, kind, title, room, customer, createdAt, activeAt, lastChange, memberCount } = row;
  return { conversationId, kind, title, room, customer, createdAt, activeAt, lastChange, memberCount };
}
