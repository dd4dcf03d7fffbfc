/* eslint-disable @typescript-eslint/no-unused-vars */
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { NewMember } from '../../../protocol/conversations.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import type { ChatMessage } from './ChatMessage.ts';
import type { ChaxiMessengerOptions } from './ChaxiMessengerOptions.ts';
import type { Conversation } from './Conversation.ts';
import type { MessengerEvents, MessengerState } from './MessengerEvents.ts';

export interface SearchOptions {
  /** In this conversation alone. */
  conversationId?: string;
  /** Goes on after the last message of the page before. */
  before?: ChatMessage;
  limit?: number;
}

export interface SearchPage {
  /** The latest first. */
  messages: readonly ChatMessage[];
  more: boolean;
}

/** Messages of one person, in a room's conversation and in those apart from any room, over one connection. */
export class ChaxiMessenger extends TypedEmitter<MessengerEvents> {
  /** @throws TypeError for an address that is no URL */
  constructor(_options: ChaxiMessengerOptions) {
    super();
  }

  get state(): MessengerState {
    throw new ChaxiError('invalidState');
  }

  /** Whose token it is; null before the first token is there. */
  get identity(): string | null {
    throw new ChaxiError('invalidState');
  }

  /** Those that are known, the one with the latest message first. */
  get conversations(): readonly Conversation[] {
    throw new ChaxiError('invalidState');
  }

  /** Unread messages of all conversations that are known. */
  get unread(): number {
    throw new ChaxiError('invalidState');
  }

  /** There are conversations that `loadConversations()` has not loaded yet. */
  get hasMoreConversations(): boolean {
    throw new ChaxiError('invalidState');
  }

  /**
   * Connects, and stays connected until `close()`: lost connections are opened again, with growing delays. Resolves when it is connected for the
   * first time. @throws ChaxiError tokenInvalid, tokenExpired, notAllowed, …; not that the server can not be reached: it tries on
   */
  connect(): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Ends everything at once. What was not sent yet stays on this device for the next time. */
  close(): void {
    throw new ChaxiError('invalidState');
  }

  /** Loads the next page of conversations, and keeps them up to date. @returns whether there are more @throws ChaxiError notAllowed, … */
  loadConversations(): Promise<boolean> {
    throw new ChaxiError('invalidState');
  }

  /** Opens the conversation of a room: that of the token. Waits for a connection. @throws ChaxiError notAllowed, roomNotFound, … */
  openRoom(_room: string): Promise<Conversation> {
    throw new ChaxiError('invalidState');
  }

  /** Opens the conversation of this person, as a customer, with the shop. Waits for a connection. @throws ChaxiError notAllowed, … */
  openShop(): Promise<Conversation> {
    throw new ChaxiError('invalidState');
  }

  /** Opens a conversation by its id. Waits for a connection. @throws ChaxiError conversationNotFound, … */
  open(_conversationId: string): Promise<Conversation> {
    throw new ChaxiError('invalidState');
  }

  /** Makes a group with this person as host. @throws ChaxiError notAllowed: a token without the grant `counter` */
  createGroup(_title: string, _members: readonly NewMember[]): Promise<Conversation> {
    throw new ChaxiError('invalidState');
  }

  /** Messages whose text has all these words. @throws ChaxiError badRequest, rateLimited, connectionLost, … */
  search(_query: string, _options: SearchOptions = {}): Promise<SearchPage> {
    throw new ChaxiError('invalidState');
  }
}
