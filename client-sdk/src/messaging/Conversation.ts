/* eslint-disable @typescript-eslint/no-unused-vars */
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { MemberInfo, NewMember, OwnConversation } from '../../../protocol/conversations.ts';
import type { AttachmentInfo, Card } from '../../../protocol/messages.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import type { ChatMessage, MessageStatus } from './ChatMessage.ts';
import type { ConversationEvents } from './ConversationEvents.ts';
import type { DraftContent, SendOptions } from './DraftContent.ts';

/** Where a file can be shown and had from, until the page goes or `attachmentUrl()` is asked again. */
export interface AttachmentUrl {
  url: string;
  /** Of a small picture of it; null where there is none. */
  previewUrl: string | null;
}

/**
 * A conversation as this person sees it. It is known as soon as a list names it, and knows its messages and members once it was opened
 * (`ChaxiMessenger.open()` and the like); then it keeps up with the server by itself, over every lost connection.
 */
export class Conversation extends TypedEmitter<ConversationEvents> {
  get conversationId(): string {
    throw new ChaxiError('invalidState');
  }

  get info(): OwnConversation {
    throw new ChaxiError('invalidState');
  }

  /** Messages and members are there. */
  get isOpen(): boolean {
    throw new ChaxiError('invalidState');
  }

  /** Those that are loaded, in their order, and then own ones that the server has not stored yet. */
  get messages(): readonly ChatMessage[] {
    throw new ChaxiError('invalidState');
  }

  /** There are messages before the first of `messages`. */
  get hasOlder(): boolean {
    throw new ChaxiError('invalidState');
  }

  /** Also of a conversation that is only listed, as soon as it is known. */
  get lastMessage(): ChatMessage | null {
    throw new ChaxiError('invalidState');
  }

  /** Messages of others that were not read on any device, counted up to `limits.unreadCount`. */
  get unread(): number {
    throw new ChaxiError('invalidState');
  }

  /** Everyone where there are at most `limits.listedMembers`, else this person alone. */
  get members(): readonly MemberInfo[] {
    throw new ChaxiError('invalidState');
  }

  /** Identities of members who are connected now, of those in `members`. */
  get online(): ReadonlySet<string> {
    throw new ChaxiError('invalidState');
  }

  /** Others who write at this moment. */
  get typing(): readonly { readonly identity: string; readonly name: string }[] {
    throw new ChaxiError('invalidState');
  }

  /**
   * Sends a message, also while there is no connection: it resolves when the message is kept on this device, and the message stands at the end of
   * `messages`. It goes out in the order of these calls, once, however often the network fails; see `whenStored()`.
   * @throws ChaxiError messageTooLarge, badRequest: what no server would take
   */
  send(_content: DraftContent, _options: SendOptions = {}): Promise<ChatMessage> {
    throw new ChaxiError('invalidState');
  }

  sendText(text: string, options?: SendOptions): Promise<ChatMessage> {
    return this.send({ type: 'text', text }, options);
  }

  sendImage(file: Blob, { text, ...options }: SendOptions & { text?: string } = {}): Promise<ChatMessage> {
    return this.send({ type: 'image', file, text }, options);
  }

  /** @param recording as `recordVoice()` gives it */
  sendVoice(
    recording: { blob: Blob; durationMs: number; waveform: readonly number[] },
    options?: SendOptions,
  ): Promise<ChatMessage> {
    const { blob, durationMs, waveform } = recording;
    return this.send({ type: 'voice', file: blob, durationMs, waveform }, options);
  }

  sendFile(file: Blob, { text, ...options }: SendOptions & { text?: string } = {}): Promise<ChatMessage> {
    return this.send({ type: 'file', file, text }, options);
  }

  sendCard(card: Card, options?: SendOptions): Promise<ChatMessage> {
    return this.send({ type: 'card', card }, options);
  }

  /** Resolves with the message as the server has stored it. @throws ChaxiError why it failed; invalidState where it was discarded or the messenger closed */
  whenStored(_message: ChatMessage): Promise<ChatMessage> {
    throw new ChaxiError('invalidState');
  }

  /** Sends a message again that has failed. */
  retry(_message: ChatMessage): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Takes back a message that the server has not stored yet. One that is on its way at this moment may arrive nevertheless. */
  discard(_message: ChatMessage): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Changes the text of an own message. @throws ChaxiError notAllowed, messageNotFound, connectionLost, … */
  edit(_message: ChatMessage, _text: string, _options: Pick<SendOptions, 'mentions'> = {}): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Deletes for all: an own message, and for hosts anyone's. @throws ChaxiError notAllowed, messageNotFound, connectionLost, … */
  delete(_message: ChatMessage): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Puts an own reaction to a message, or takes it away. @throws ChaxiError notAllowed, badRequest: no emoji, connectionLost, … */
  react(_message: ChatMessage, _emoji: string, _on = true): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Loads messages before the first of `messages`. @returns whether there are more @throws ChaxiError connectionLost, … */
  loadOlder(): Promise<boolean> {
    throw new ChaxiError('invalidState');
  }

  /** Loads older messages until this one, as found by `search()`, is among them. */
  loadUntil(_seq: number): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Says that this person has read up to a message; without an argument, up to the last one. Told to the server as soon as there is a connection. */
  markRead(_seq?: number): void {
    throw new ChaxiError('invalidState');
  }

  /** Says that this person is writing: to be called with each key. Five seconds after the last call nobody shows it any more. */
  setTyping(): void {
    throw new ChaxiError('invalidState');
  }

  /** Of an own message. Where members are not listed (`members`), no more is known than that it was sent. */
  statusOf(_message: ChatMessage): MessageStatus {
    throw new ChaxiError('invalidState');
  }

  /** The other members who have read a message, of those in `members`. */
  readBy(_message: ChatMessage): readonly MemberInfo[] {
    throw new ChaxiError('invalidState');
  }

  /** The other members on one of whose devices a message has arrived, read or not. */
  deliveredTo(_message: ChatMessage): readonly MemberInfo[] {
    throw new ChaxiError('invalidState');
  }

  /**
   * Where the file of a message can be shown and had from; of one that is not sent yet, this device's own copy. Links expire: ask each time, answers
   * are kept as long as they are good. Null where the message has no file. @throws ChaxiError attachmentNotFound, connectionLost, …
   */
  attachmentUrl(_message: ChatMessage): Promise<AttachmentUrl | null> {
    throw new ChaxiError('invalidState');
  }

  /** Takes people into a group, or gives those in it another name or role. Hosts only. @throws ChaxiError notAllowed, limitReached, … */
  addMembers(_members: readonly NewMember[]): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Ends someone's membership. Hosts only. @throws ChaxiError notAllowed, … */
  removeMember(_identity: string): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** Ends the own membership. @throws ChaxiError notAllowed, … */
  leave(): Promise<void> {
    throw new ChaxiError('invalidState');
  }

  /** One page of all members by identity, of a conversation of any size; `after` is the last identity of the page before. */
  listMembers(_after?: string): Promise<{ members: readonly MemberInfo[]; more: boolean }> {
    throw new ChaxiError('invalidState');
  }
}

/** The file of a message, if it has one. */
export function attachmentOf({ content }: Pick<ChatMessage, 'content'>): AttachmentInfo | null {
  return content && 'attachment' in content ? content.attachment : null;
}
