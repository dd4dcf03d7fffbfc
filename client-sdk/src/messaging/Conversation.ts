import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { MemberInfo, NewMemberInput, OwnConversation } from '../../../protocol/conversations.ts';
import type { AttachmentInfo, Card } from '../../../protocol/messages.ts';
import type { RealtimeRequestInput } from '../../../protocol/realtime.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import type { AttachmentUrl } from './AttachmentUrl.ts';
import type { ChatMessage, MessageStatus } from './ChatMessage.ts';
import type { ConversationEvents } from './ConversationEvents.ts';
import { AttachmentUrls } from './conversation/AttachmentUrls.ts';
import type { ConversationContext } from './conversation/ConversationContext.ts';
import { ConversationFeed } from './conversation/ConversationFeed.ts';
import { OutgoingMessages } from './conversation/OutgoingMessages.ts';
import type { DraftContent, SendOptions } from './DraftContent.ts';
import { fileOf } from './outbox/OutboxEntry.ts';

/**
 * A conversation as this person sees it. It is known as soon as a list names it, and knows its messages and members once it was opened
 * (`ChaxiMessenger.open()` and the like); then it keeps up with the server by itself, over every lost connection.
 */
export class Conversation extends TypedEmitter<ConversationEvents> {
  /** @internal */
  readonly feed: ConversationFeed;
  /** @internal */
  readonly outgoing: OutgoingMessages;
  readonly #context: ConversationContext;
  readonly #urls: AttachmentUrls;
  #closed = false;

  /** @internal */
  constructor(info: OwnConversation, context: ConversationContext) {
    super();
    this.#context = context;
    const { request, serverUrl } = context;
    const { conversationId } = info;
    this.feed = new ConversationFeed({
      info,
      context,
      emit: (name, ...args) => {
        if (name === 'messagesChanged') this.outgoing.settle();
        this.emit(name, ...args);
      },
    });
    this.outgoing = new OutgoingMessages(conversationId, context, this.feed);
    this.#urls = new AttachmentUrls({ conversationId, request, serverUrl });
  }

  get conversationId(): string {
    return this.feed.info.conversationId;
  }

  get info(): OwnConversation {
    return this.feed.info;
  }

  /** Messages and members are there. */
  get isOpen(): boolean {
    return this.feed.loader.isLoaded && !this.#closed;
  }

  /** Those that are loaded, in their order, and then own ones that the server has not stored yet. */
  get messages(): readonly ChatMessage[] {
    return this.feed.shown;
  }

  /** There are messages before the first of `messages`. */
  get hasOlder(): boolean {
    return this.feed.loader.timeline.hasOlder;
  }

  /** Also of a conversation that is only listed, as soon as it is known. */
  get lastMessage(): ChatMessage | null {
    return this.feed.last;
  }

  /** Messages of others that were not read on any device, counted up to `limits.unreadCount`. */
  get unread(): number {
    return this.feed.info.unread;
  }

  /** Everyone where there are at most `limits.listedMembers`, else this person alone. */
  get members(): readonly MemberInfo[] {
    return this.feed.members.list;
  }

  /** Identities of members who are connected now, of those in `members`. */
  get online(): ReadonlySet<string> {
    return this.feed.members.online;
  }

  /** Others who write at this moment. */
  get typing(): readonly { readonly identity: string; readonly name: string }[] {
    return this.feed.typing.list;
  }

  /**
   * Sends a message, also while there is no connection: it resolves when the message is kept on this device, and the message stands at the end of
   * `messages`. It goes out in the order of these calls, once, however often the network fails; see `whenStored()`.
   * @throws ChaxiError messageTooLarge, badRequest: what no server would take
   */
  send(content: DraftContent, options: SendOptions = {}): Promise<ChatMessage> {
    return this.outgoing.add(content, options);
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
  whenStored(message: ChatMessage): Promise<ChatMessage> {
    return this.outgoing.whenStored(message);
  }

  /** Sends a message again that has failed. */
  retry(message: ChatMessage): Promise<void> {
    return this.outgoing.retry(message);
  }

  /** Takes back a message that the server has not stored yet. One that is on its way at this moment may arrive nevertheless. */
  discard(message: ChatMessage): Promise<void> {
    return this.outgoing.discard(message);
  }

  /** Changes the text of an own message. @throws ChaxiError notAllowed, messageNotFound, connectionLost, … */
  async edit(message: ChatMessage, text: string, options: Pick<SendOptions, 'mentions'> = {}): Promise<void> {
    const mentions = [...(options.mentions ?? message.mentions)];
    await this.#change('edit', { ...this.#name(message), text, mentions });
  }

  /** Deletes for all: an own message, and for hosts anyone's. @throws ChaxiError notAllowed, messageNotFound, connectionLost, … */
  async delete(message: ChatMessage): Promise<void> {
    await this.#change('deleteMessage', this.#name(message));
  }

  /** Puts an own reaction to a message, or takes it away. @throws ChaxiError notAllowed, badRequest: no emoji, connectionLost, … */
  async react(message: ChatMessage, emoji: string, on = true): Promise<void> {
    await this.#change('react', { ...this.#name(message), emoji, on });
  }

  /** Loads messages before the first of `messages`. @returns whether there are more @throws ChaxiError connectionLost, … */
  loadOlder(): Promise<boolean> {
    return this.feed.loader.loadOlder();
  }

  /** Loads older messages until this one, as found by `search()`, is among them. */
  async loadUntil(seq: number): Promise<void> {
    while (this.feed.loader.timeline.from > seq && (await this.loadOlder()));
  }

  /** Says that this person has read up to a message; without an argument, up to the last one. Told to the server as soon as there is a connection. */
  markRead(seq?: number): void {
    this.feed.markRead(seq ?? this.feed.loader.timeline.messages.at(-1)?.seq ?? 0);
  }

  /** Says that this person is writing: to be called with each key. Five seconds after the last call nobody shows it any more. */
  setTyping(): void {
    this.feed.typing.say();
  }

  /** Of an own message. Where members are not listed (`members`), no more is known than that it was sent. */
  statusOf(message: ChatMessage): MessageStatus {
    if (message.seq === null) return message.outgoing?.state ?? 'sending';
    return this.feed.members.statusOf(message.seq, this.info.kind);
  }

  /** The other members who have read a message, of those in `members`. */
  readBy({ seq, from }: ChatMessage): readonly MemberInfo[] {
    return seq === null ? [] : this.feed.members.whoHas(seq, 'readSeq', from.identity);
  }

  /** The other members on one of whose devices a message has arrived, read or not. */
  deliveredTo({ seq, from }: ChatMessage): readonly MemberInfo[] {
    return seq === null ? [] : this.feed.members.whoHas(seq, 'deliveredSeq', from.identity);
  }

  /**
   * Where the file of a message can be shown and had from; of one that is not sent yet, this device's own copy. Links expire: ask each time, answers
   * are kept as long as they are good. Null where the message has no file. @throws ChaxiError attachmentNotFound, connectionLost, …
   */
  async attachmentUrl(message: ChatMessage): Promise<AttachmentUrl | null> {
    const attachment = attachmentOf(message);
    if (!attachment) return null;
    const entry = message.seq === null ? this.feed.pending.find(message.clientId) : undefined;
    const file = entry && fileOf(entry);
    if (file) return this.#urls.ofFile(message.clientId, file);
    // It was stored since.
    const stored = attachment.attachmentId ? attachment : attachmentOf(this.feed.find(message.clientId) ?? message);
    return this.#urls.get(stored ?? attachment);
  }

  /** Takes people into a group, or gives those in it another name or role. Hosts only. @throws ChaxiError notAllowed, limitReached, … */
  async addMembers(members: readonly NewMemberInput[]): Promise<void> {
    await this.#context.request('addMembers', { conversationId: this.conversationId, members: [...members] });
  }

  /** Ends someone's membership. Hosts only. @throws ChaxiError notAllowed, … */
  async removeMember(identity: string): Promise<void> {
    await this.#context.request('removeMember', { conversationId: this.conversationId, identity });
  }

  /** Ends the own membership. @throws ChaxiError notAllowed, … */
  leave(): Promise<void> {
    return this.removeMember(this.#context.self.identity);
  }

  /** One page of all members by identity, of a conversation of any size; `after` is the last identity of the page before. */
  listMembers(after?: string): Promise<{ members: readonly MemberInfo[]; more: boolean }> {
    return this.#context.request('listMembers', { conversationId: this.conversationId, after });
  }

  /** @internal Nothing comes any more. */
  close(error: ChaxiError | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.feed.close();
    this.outgoing.close();
    this.#urls.close();
    this.emit('closed', error);
  }

  /** Also one that was stored after the page was given it. @throws ChaxiError invalidState: the server does not have it yet */
  #name({ seq, clientId }: ChatMessage): { conversationId: string; seq: number } {
    const known = seq ?? this.feed.find(clientId)?.seq ?? null;
    if (known === null) throw new ChaxiError('invalidState', { message: 'The message is not stored yet.' });
    return { conversationId: this.conversationId, seq: known };
  }

  /** The answer comes to this device before the event does. */
  async #change<M extends 'edit' | 'deleteMessage' | 'react'>(method: M, data: RealtimeRequestInput<M>): Promise<void> {
    const { message } = await this.#context.request(method, data);
    this.feed.loader.handleStored([message]);
  }
}

/** The file of a message, if it has one. */
export function attachmentOf({ content }: Pick<ChatMessage, 'content'>): AttachmentInfo | null {
  return content && 'attachment' in content ? content.attachment : null;
}
