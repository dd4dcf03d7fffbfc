import type { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ChatMessage } from './ChatMessage.ts';

/** The events of a Conversation and their arguments. */
export interface ConversationEvents {
  /** `messages` is another list: some came, were changed, stored, refused, or their files got on. Once for all that came at once. */
  messagesChanged: [];
  /** A message that was not there before, of whomever and from whatever device; not those of before, when they are loaded. */
  messageAdded: [message: ChatMessage];
  /** `info`, `unread` or `lastMessage`. */
  infoChanged: [];
  /** `members`, how far they have got (`statusOf`, `readBy`), or `online`. */
  membersChanged: [];
  typingChanged: [];
  /** The end: this person is no longer a member (`conversationNotFound`), or why the messenger was closed; null after an own `close()`. */
  closed: [error: ChaxiError | null];
}
