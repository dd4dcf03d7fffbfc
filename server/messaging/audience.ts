import type { ConversationInfo } from '../../protocol/conversations.ts';
import { limits } from '../../protocol/limits.ts';
import { channels } from './people/channels.ts';

/** Everyone who may read a conversation. */
export function audienceOf(
  tenant: string,
  { conversationId, kind }: Pick<ConversationInfo, 'conversationId' | 'kind'>,
): string[] {
  return [channels.conversation(conversationId), ...(kind === 'shop' ? [channels.counter(tenant)] : [])];
}

/** Receipts, presence and typing are told; of many members each would be told to all. */
export function isListed({ memberCount }: Pick<ConversationInfo, 'memberCount'>): boolean {
  return memberCount <= limits.listedMembers;
}
