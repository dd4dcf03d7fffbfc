import type { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ChatMessage } from './ChatMessage.ts';
import type { Conversation } from './Conversation.ts';

/** `idle` → `connecting` → `connected` ⇄ `reconnecting`, and `closed` from anywhere, for good. */
export type MessengerState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'closed';

/** The events of a ChaxiMessenger and their arguments. */
export interface MessengerEvents {
  stateChanged: [state: MessengerState];
  /** A conversation came or has gone, another one has the latest message, or something of one is shown differently in a list. */
  conversationsChanged: [];
  /** Of all conversations that are known. */
  unreadChanged: [unread: number];
  /** A message that was not there before, of whomever and from whatever device; not those of before, when they are loaded. */
  messageAdded: [conversation: Conversation, message: ChatMessage];
  /** The rooms of the shop are others now, or someone came, left or waits in one; after `rooms.list()`, which tells what is so now. */
  roomsChanged: [];
  /** This browser keeps nothing, or no more: what is sent from now on waits in memory and does not outlive the page. */
  storageFailed: [error: ChaxiError];
  /** The end. Null after an own `close()`, otherwise why: `tokenExpired`, `tokenInvalid`, `protocolVersion`, … */
  closed: [error: ChaxiError | null];
}
