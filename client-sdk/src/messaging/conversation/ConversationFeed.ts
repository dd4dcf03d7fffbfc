import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { ConversationInfo, OwnConversation } from '../../../../protocol/conversations.ts';
import { limits } from '../../../../protocol/limits.ts';
import type { Message } from '../../../../protocol/messages.ts';
import type { OpenedConversation, RealtimeEventData } from '../../../../protocol/realtime.ts';
import type { CachedConversation } from '../cache/ConversationCache.ts';
import type { ChatMessage } from '../ChatMessage.ts';
import type { ConversationEvents } from '../ConversationEvents.ts';
import { lastPart } from '../timeline/Timeline.ts';
import { TimelineLoader } from '../timeline/TimelineLoader.ts';
import type { ConversationContext } from './ConversationContext.ts';
import { countUnread } from './countUnread.ts';
import { Members } from './Members.ts';
import { makeChatMessage } from './makeChatMessage.ts';
import { PendingMessages } from './PendingMessages.ts';
import { ReadMarks } from './ReadMarks.ts';
import { TypingMembers } from './TypingMembers.ts';

export interface ConversationFeedOptions {
  info: OwnConversation;
  context: ConversationContext;
  emit: <Name extends keyof ConversationEvents>(name: Name, ...args: ConversationEvents[Name]) => void;
}

/** What comes of one conversation: from the server by events and answers, and from the outbox. */
export class ConversationFeed {
  readonly loader: TimelineLoader;
  readonly members: Members;
  readonly typing: TypingMembers;
  readonly marks: ReadMarks;
  readonly pending = new PendingMessages();
  /** The last message, which a list shows, is not known. */
  needsPreview: boolean;
  readonly #options: ConversationFeedOptions;
  readonly #context: ConversationContext;
  /** As the server told it last. */
  #info: OwnConversation;
  /** The page was, or will be, told of these own messages when they were written: by clientId. */
  readonly #announced = new Set<string>();
  #pendingKnown = false;
  #shown: readonly ChatMessage[] | null = null;
  #shownInfo: OwnConversation | null = null;
  readonly #chatMessages = new WeakMap<Message, ChatMessage>();
  /** Messages up to here were missed before this page was there, and are no news to tell of. */
  #newFrom = 0;
  #recovering = false;
  /** One read of the outbox at a time, and the one that begins after it. */
  #reading: Promise<void> = Promise.resolve();
  #nextRead: Promise<void> | null = null;
  #closed = false;

  constructor(options: ConversationFeedOptions) {
    const { info, context, emit } = options;
    const { conversationId } = info;
    const { request, live, logger } = context;
    this.#options = options;
    this.#context = context;
    this.#info = info;
    this.members = new Members(context.self.identity);
    this.typing = new TypingMembers({
      say: () => context.notify('typing', { conversationId }),
      changed: () => emit('typingChanged'),
    });
    this.marks = new ReadMarks({
      conversationId,
      request,
      live,
      failed: (error) => logger.debug('messages: a receipt was not taken', error),
    });
    this.loader = new TimelineLoader({
      conversationId,
      request,
      live,
      logger,
      changed: (added) => this.#handleChanged(added),
      failed: (error) => this.#handleRefusal(error),
    });
    this.loader.startAt(info.lastChange);
    this.needsPreview = info.lastChange > 0;
    this.marks.known(info.readSeq, info.readSeq);
  }

  get info(): OwnConversation {
    this.#shownInfo ??= this.#countInfo();
    return this.#shownInfo;
  }

  get shown(): readonly ChatMessage[] {
    if (this.#shown) return this.#shown;
    const stored = this.loader.shown.map((message) => this.toChatMessage(message));
    this.#shown = [...stored, ...this.#waiting()];
    return this.#shown;
  }

  get last(): ChatMessage | null {
    const stored = this.loader.timeline.messages.at(-1);
    return this.#waiting().at(-1) ?? (stored ? this.toChatMessage(stored) : null);
  }

  find(clientId: string): ChatMessage | undefined {
    const stored = this.loader.timeline.messages.findLast(
      (message) => message.clientId === clientId && this.#isOwn(message),
    );
    return stored ? this.toChatMessage(stored) : this.#waiting().find((message) => message.clientId === clientId);
  }

  /** Own messages by clientId, stored or not. */
  get own(): ReadonlyMap<string, ChatMessage> {
    const stored = this.loader.timeline.messages.filter((message) => this.#isOwn(message));
    const all = [...this.#waiting(), ...stored.map((message) => this.toChatMessage(message))];
    return new Map(all.map((message) => [message.clientId, message]));
  }

  /** The same object each time. */
  toChatMessage(message: Message): ChatMessage {
    const known = this.#chatMessages.get(message);
    if (known) return known;
    const made = makeChatMessage(message, this.#context.self.identity);
    this.#chatMessages.set(message, made);
    return made;
  }

  /** A list tells of it, which was made anew after a connection was lost. */
  adopt(info: OwnConversation): void {
    if (this.#newFrom === Infinity) this.#newFrom = info.lastChange;
    this.#info = info;
    this.marks.known(info.readSeq, info.readSeq);
    const { known, messages } = this.loader.timeline;
    this.needsPreview =
      !this.loader.isLoaded && info.lastChange > 0 && (info.lastChange > known || messages.length === 0);
    if (this.loader.isLoaded) this.loader.hearOf(info.lastChange);
    else this.loader.startAt(info.lastChange);
    this.#infoChanged();
  }

  /** What a page before knew, until the server is asked. */
  restore({ members, timeline }: CachedConversation): void {
    this.members.set(members, []);
    this.loader.restore(timeline);
    this.needsPreview = false;
    this.#newFrom = Infinity;
  }

  /** What the next page is to know; null where there is not enough of it. */
  snapshot(): CachedConversation | null {
    if (!this.loader.isLoaded) return null;
    const { info } = this;
    const timeline = lastPart(this.loader.timeline, limits.messagesPage);
    return { conversationId: info.conversationId, info, members: this.members.list, timeline, savedAt: Date.now() };
  }

  adoptOpened({ conversation, members, online }: OpenedConversation): void {
    this.members.set(members, online);
    const own = this.members.own;
    if (own) this.marks.known(own.deliveredSeq, own.readSeq);
    this.adopt(conversation);
    this.#options.emit('membersChanged');
  }

  changeInfo(info: ConversationInfo): void {
    const { title, memberCount, activeAt } = info;
    this.#info = { ...this.#info, title, memberCount, activeAt: Math.max(this.#info.activeAt, activeAt) };
    this.#infoChanged();
  }

  handleMembers(change: RealtimeEventData<'members'>): void {
    this.members.change(change);
    for (const identity of change.gone) this.typing.hide(identity);
    this.#options.emit('membersChanged');
  }

  handleReceipts({ receipts }: RealtimeEventData<'receipts'>): void {
    this.members.applyReceipts(receipts);
    const own = receipts.find(({ identity }) => identity === this.#context.self.identity);
    if (own) {
      this.marks.known(own.deliveredSeq, own.readSeq);
      this.#infoChanged();
    }
    this.#options.emit('membersChanged');
  }

  handlePresence(identity: string, online: boolean): void {
    if (this.members.setOnline(identity, online)) this.#options.emit('membersChanged');
  }

  markRead(seq: number): void {
    if (seq <= this.info.readSeq) return;
    this.marks.read(seq);
    this.#infoChanged();
  }

  /** There is a connection again: whatever was told meanwhile is missing. */
  async recover(): Promise<void> {
    this.marks.resume();
    if (this.#recovering) return;
    this.#recovering = true;
    try {
      await this.#context.askAnew();
      this.marks.resume();
    } catch (error) {
      if (error instanceof ChaxiError) this.#handleRefusal(error);
    }
    this.#recovering = false;
  }

  /** What waits in the outbox is something else. */
  readOutbox(): Promise<void> {
    this.#nextRead ??= this.#reading.then(() => {
      this.#nextRead = null;
      this.#reading = this.#readOutbox();
      return this.#reading;
    });
    return this.#nextRead;
  }

  /** Something of the messages in the outbox is shown differently. */
  pendingChanged(): void {
    this.#shown = null;
    this.#options.emit('messagesChanged');
  }

  close(): void {
    this.#closed = true;
    this.loader.close();
    this.marks.close();
    this.typing.close();
  }

  async #readOutbox(): Promise<void> {
    const entries = await this.#context.outbox.list(this.#info.conversationId);
    if (this.#closed) return;
    this.pending.set(entries);
    this.#shown = null;
    const isFirst = !this.#pendingKnown;
    this.#pendingKnown = true;
    for (const message of this.#waiting()) {
      if (this.#announced.has(message.clientId)) continue;
      this.#announced.add(message.clientId);
      if (!isFirst) this.#announce(message);
    }
    this.#options.emit('messagesChanged');
    this.#infoChanged();
  }

  /** Own messages that the server has not stored, as far as is known. */
  #waiting(): readonly ChatMessage[] {
    const { self } = this.#context;
    const pending = this.pending.shown(self);
    if (pending.length === 0) return pending;
    const own = this.loader.timeline.messages.filter((message) => this.#isOwn(message));
    const stored = new Set(own.map(({ clientId }) => clientId));
    return pending.filter(({ clientId }) => !stored.has(clientId));
  }

  #countInfo(): OwnConversation {
    const { timeline } = this.loader;
    const info = this.#info;
    const readSeq = Math.max(info.readSeq, this.marks.readSeq);
    return {
      ...info,
      lastChange: Math.max(info.lastChange, timeline.known),
      activeAt: Math.max(info.activeAt, timeline.messages.at(-1)?.sentAt ?? 0),
      readSeq,
      ...countUnread({ timeline, counted: info, readSeq, identity: this.#context.self.identity }),
    };
  }

  #isOwn({ from }: Message): boolean {
    return from.identity === this.#context.self.identity;
  }

  #handleChanged(added: readonly Message[]): void {
    this.#shown = null;
    this.#shownInfo = null;
    const { messages, known } = this.loader.timeline;
    const last = messages.findLast((message) => message.seq <= known && !this.#isOwn(message));
    if (last) this.marks.delivered(last.seq);
    for (const message of added) {
      this.typing.hide(message.from.identity);
      if (this.#isOwn(message) && this.#announced.delete(message.clientId)) continue;
      if (message.content && message.seq > this.#newFrom) this.#announce(this.toChatMessage(message));
    }
    this.#options.emit('messagesChanged');
    this.#infoChanged();
  }

  #announce(message: ChatMessage): void {
    this.#options.emit('messageAdded', message);
    this.#context.added(message);
  }

  #handleRefusal(error: ChaxiError): void {
    if (this.#closed) return;
    if (error.code === 'conversationNotFound') this.#context.gone();
    else this.#context.logger.warn('messages: a conversation can not be kept up to date', error);
  }

  #infoChanged(): void {
    this.#shownInfo = null;
    this.#options.emit('infoChanged');
    this.#context.listed();
  }
}
