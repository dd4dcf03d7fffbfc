import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { OwnConversation } from '../../../protocol/conversations.ts';
import type { OpenedConversation } from '../../../protocol/realtime.ts';
import type { CachedConversation, ConversationCache } from './cache/ConversationCache.ts';
import { EventJournal } from './connection/EventJournal.ts';
import { untilAnswered } from './connection/untilAnswered.ts';
import { Conversation } from './Conversation.ts';
import { dispatchEvent } from './dispatchEvent.ts';
import type { ConversationContext } from './conversation/ConversationContext.ts';

/** The last messages of so many conversations are asked for at once. */
const PREVIEWS_AT_ONCE = 5;

export interface ConversationListOptions {
  context: Omit<ConversationContext, 'listed' | 'added' | 'gone' | 'askAnew'>;
  /** Null where nothing is kept. */
  cache: ConversationCache | null;
  /** The list, or what it shows of one, is something else. */
  changed: () => void;
  added: (conversation: Conversation, message: Parameters<ConversationContext['added']>[0]) => void;
}

/** The conversations that this page knows: by a list, by an event, or because they were opened. */
export class ConversationList {
  readonly #options: ConversationListOptions;
  readonly #known = new Map<string, Conversation>();
  readonly #journal = new EventJournal();
  /** Those that an event named, and that are being asked for. */
  readonly #discovering = new Map<string, Promise<void>>();
  #pages = 0;
  #more = true;
  #cursor: { activeAt: number; conversationId: string } | undefined;
  /** One page after the other. */
  #loading: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: ConversationListOptions) {
    this.#options = options;
  }

  get more(): boolean {
    return this.#more;
  }

  /** The one with the latest message first. */
  get sorted(): readonly Conversation[] {
    return [...this.#known.values()].sort((a, b) => b.info.activeAt - a.info.activeAt);
  }

  get all(): Iterable<Conversation> {
    return this.#known.values();
  }

  find(isMeant: (info: OwnConversation) => boolean): Conversation | undefined {
    return [...this.#known.values()].find(({ info }) => isMeant(info));
  }

  get(conversationId: string): Conversation | undefined {
    return this.#known.get(conversationId);
  }

  /** Shows what a page before knew. */
  async restore(): Promise<void> {
    for (const cached of (await this.#options.cache?.load()) ?? []) {
      if (this.#closed || this.#known.has(cached.conversationId)) continue;
      this.#adopt(cached.info, cached);
      if (this.#options.context.live()) void this.#known.get(cached.conversationId)?.feed.recover();
    }
  }

  /** @returns whether there are more */
  loadNext(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#more) await this.#loadPage();
      return this.#more;
    });
  }

  /** Something may have been missed: as much as was loaded is loaded again. */
  reload(): void {
    const reloading = this.#inTurn(async () => {
      const pages = this.#pages;
      this.#pages = 0;
      this.#cursor = undefined;
      const listed = new Set<string>();
      for (let more = true; more && this.#pages < pages; more = this.#more) {
        for (const conversationId of await this.#loadPage()) listed.add(conversationId);
      }
      for (const [conversationId, conversation] of this.#known) {
        if (conversation.isOpen || !listed.has(conversationId)) void conversation.feed.recover();
      }
    });
    reloading.catch((error: unknown) => this.#options.context.logger.debug('messages: the list can not be had', error));
  }

  /** Takes in an event of the server. */
  handleEvent(name: string, data: unknown): void {
    this.#journal.record({ name, data });
    dispatchEvent(name, data, this);
  }

  /** Takes in what the server says of one that is opened; asks until there is an answer. @throws ChaxiError */
  open(ask: () => Promise<OpenedConversation>): Promise<Conversation> {
    return this.#takeIn(ask, (opened) => {
      const conversation = this.#adopt(opened.conversation);
      conversation.feed.adoptOpened(opened);
      return conversation;
    });
  }

  /** Something happens in one that is not known yet. */
  discover(conversationId: string): Promise<void> {
    const { request, logger } = this.#options.context;
    const discovering =
      this.#discovering.get(conversationId) ??
      this.open(() => request('openConversation', { conversationId })).then(
        (conversation) => void this.#loadPreviews([conversation]),
        (error) => logger.debug('messages: a conversation is not there any more', error),
      );
    this.#discovering.set(conversationId, discovering);
    return discovering.finally(() => this.#discovering.delete(conversationId));
  }

  /** This person is no longer a member, or it was deleted. */
  remove(conversationId: string): void {
    this.#options.cache?.remove(conversationId);
    this.#known.get(conversationId)?.close(new ChaxiError('conversationNotFound'));
    if (this.#known.delete(conversationId)) this.#options.changed();
  }

  close(error: ChaxiError | null): void {
    this.#closed = true;
    for (const conversation of this.#known.values()) conversation.close(error);
  }

  /** @returns what is in it */
  async #loadPage(): Promise<string[]> {
    const { request } = this.#options.context;
    const ask = () => request('listConversations', { after: this.#cursor });
    const conversations = await this.#takeIn(ask, (page) => {
      this.#pages++;
      this.#more = page.more;
      const last = page.conversations.at(-1);
      if (last) this.#cursor = { activeAt: last.activeAt, conversationId: last.conversationId };
      return page.conversations.map((info) => this.#adopt(info));
    });
    this.#options.changed();
    void this.#loadPreviews(conversations);
    return conversations.map(({ conversationId }) => conversationId);
  }

  async #takeIn<T, R>(ask: () => Promise<T>, take: (answer: T) => R): Promise<R> {
    const { answer, meanwhile } = await untilAnswered(() => this.#journal.during(ask));
    const taken = take(answer);
    for (const { name, data } of meanwhile) dispatchEvent(name, data, this);
    return taken;
  }

  async #loadPreviews(conversations: readonly Conversation[]): Promise<void> {
    const stale = conversations.filter(({ feed }) => feed.needsPreview);
    for (let i = 0; i < stale.length && !this.#closed; i += PREVIEWS_AT_ONCE) {
      const group = stale.slice(i, i + PREVIEWS_AT_ONCE);
      await Promise.allSettled(group.map(({ feed }) => feed.loader.loadLast()));
    }
  }

  #adopt(info: OwnConversation, cached?: CachedConversation): Conversation {
    const { conversationId } = info;
    const known = this.#known.get(conversationId);
    if (known) {
      known.feed.adopt(info);
      return known;
    }
    const conversation: Conversation = new Conversation(info, {
      ...this.#options.context,
      listed: () => {
        this.#options.cache?.saveLater(conversationId, () => conversation.feed.snapshot());
        this.#options.changed();
      },
      added: (message) => this.#options.added(conversation, message),
      gone: () => this.remove(conversationId),
      askAnew: async () =>
        void (await this.open(() => this.#options.context.request('openConversation', { conversationId }))),
    });
    if (cached) conversation.feed.restore(cached);
    if (this.#closed) conversation.close(new ChaxiError('invalidState'));
    else this.#known.set(conversationId, conversation);
    this.#options.changed();
    // What was written before the page was loaded.
    void conversation.outgoing.handleOutbox();
    return conversation;
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#loading.then(run);
    this.#loading = result.catch(() => undefined);
    return result;
  }
}
