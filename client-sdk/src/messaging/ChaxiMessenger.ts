import { deleteDB } from 'idb';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { NewMemberInput, OwnConversation } from '../../../protocol/conversations.ts';
import type { OpenedConversation } from '../../../protocol/realtime.ts';
import { consoleLogger, type Logger } from '../Logger.ts';
import { Deferred } from '../session/Deferred.ts';
import { httpUrl } from '../signaling/httpUrl.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import { ConversationCache } from './cache/ConversationCache.ts';
import type { ChatMessage } from './ChatMessage.ts';
import type { ChaxiMessengerOptions } from './ChaxiMessengerOptions.ts';
import { openSocketIo } from './connection/openSocketIo.ts';
import { RealtimeConnection } from './connection/RealtimeConnection.ts';
import { tokenClaims, type TokenClaims } from './connection/tokenClaims.ts';
import { untilAnswered } from './connection/untilAnswered.ts';
import type { Conversation } from './Conversation.ts';
import { makeChatMessage } from './conversation/makeChatMessage.ts';
import { ConversationList } from './ConversationList.ts';
import type { MessengerEvents, MessengerState } from './MessengerEvents.ts';
import { openOutbox } from './outbox/openOutbox.ts';
import type { Outbox } from './outbox/Outbox.ts';
import { preparePicture } from './pictures/preparePicture.ts';
import { CounterRooms } from './rooms/CounterRooms.ts';
import { uploadAttachment } from './uploads/uploadAttachment.ts';

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

/** What is there as soon as it is known who this is. */
interface Person {
  /** Of what is kept on this device. */
  name: string;
  claims: TokenClaims;
  outbox: Outbox;
  list: ConversationList;
  cache: ConversationCache | null;
}

/** Messages of one person, in a room's conversation and in those apart from any room, over one connection. */
export class ChaxiMessenger extends TypedEmitter<MessengerEvents> {
  /** The rooms of the shop; for its counter. */
  readonly rooms: CounterRooms;
  readonly #options: ChaxiMessengerOptions;
  readonly #logger: Logger;
  readonly #connection: RealtimeConnection;
  readonly #identified = new Deferred<Person>();
  #person: Person | null = null;
  #unread = 0;
  #listChanged = false;

  /** @throws TypeError for an address that is no URL */
  constructor(options: ChaxiMessengerOptions) {
    super();
    const { url, token, server = () => url, logger = consoleLogger, openSocket = openSocketIo } = options;
    this.#options = { ...options, url: httpUrl(url, '') };
    this.#logger = logger;
    this.#connection = new RealtimeConnection({
      server,
      token,
      tokenArrived: (arrived) => this.#identify(arrived),
      openSocket,
      logger,
    });
    this.#connection.on('stateChanged', (state) => this.emit('stateChanged', state));
    this.rooms = new CounterRooms({
      request: (method, data) => this.#connection.request(method, data),
      changed: () => this.emit('roomsChanged'),
    });
    this.#connection.on('connected', () => {
      this.rooms.handleChanged();
      void this.#recover().catch(() => undefined);
    });
    this.#connection.on('event', (name, data) => {
      if (name === 'roomsChanged') this.rooms.handleChanged();
      else this.#person?.list.handleEvent(name, data);
    });
    this.#connection.on('closed', (error) => this.#end(error));
  }

  get state(): MessengerState {
    return this.#connection.state;
  }

  /** Whose token it is; null before the first token is there. */
  get identity(): string | null {
    return this.#person?.claims.identity ?? null;
  }

  /** Those that are known, the one with the latest message first. */
  get conversations(): readonly Conversation[] {
    return this.#person?.list.sorted ?? [];
  }

  /** Unread messages of all conversations that are known. */
  get unread(): number {
    return this.conversations.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** There are conversations that `loadConversations()` has not loaded yet. */
  get hasMoreConversations(): boolean {
    return this.#person?.list.more ?? true;
  }

  /**
   * Connects, and stays connected until `close()`: lost connections are opened again, with growing delays. Resolves when it is connected for the
   * first time. @throws ChaxiError tokenInvalid, tokenExpired, notAllowed, …; not that the server can not be reached: it tries on
   */
  connect(): Promise<void> {
    return this.#connection.open();
  }

  /** Ends everything at once. What was not sent yet stays on this device for the next time. */
  close(): void {
    this.#connection.close();
  }

  /**
   * Closes, and takes from this device what it keeps of this person: conversations, and messages that were not sent. To be called when someone
   * signs out.
   */
  async forget(): Promise<void> {
    const person = this.#person;
    this.close();
    await person?.cache?.close();
    if (person && typeof indexedDB !== 'undefined')
      await Promise.all([person.name, cacheName(person.name)].map((name) => deleteDB(name)));
  }

  /** Loads the next page of conversations, and keeps them up to date. @returns whether there are more @throws ChaxiError notAllowed, … */
  async loadConversations(): Promise<boolean> {
    const { list } = await this.#identified.promise;
    return list.loadNext();
  }

  /** Opens the conversation of a room: that of the token. Waits for a connection. @throws ChaxiError notAllowed, roomNotFound, … */
  openRoom(room: string): Promise<Conversation> {
    const ask = () => this.#connection.request('openRoom', { room });
    return this.#open(ask, (info) => info.kind === 'room' && info.room === room);
  }

  /** Opens the conversation of this person, as a customer, with the shop. Waits for a connection. @throws ChaxiError notAllowed, … */
  openShop(): Promise<Conversation> {
    const ask = () => this.#connection.request('openShop', {});
    return this.#open(ask, (info) => info.kind === 'shop' && info.customer === this.identity);
  }

  /** Opens a conversation by its id. Waits for a connection. @throws ChaxiError conversationNotFound, … */
  async open(conversationId: string): Promise<Conversation> {
    const { list } = await this.#identified.promise;
    const known = list.get(conversationId);
    if (known?.isOpen) return known;
    return this.#openBehind(() => this.#connection.request('openConversation', { conversationId }), list);
  }

  /** Makes a group with this person as host. @throws ChaxiError notAllowed: a token without the grant `counter`; connectionLost, … */
  async createGroup(title: string, members: readonly NewMemberInput[]): Promise<Conversation> {
    const { list } = await this.#identified.promise;
    // Not again by itself: a second group would be another one.
    const opened = await this.#connection.request('createGroup', { title, members: [...members] });
    return this.#openBehind(() => Promise.resolve(opened), list);
  }

  /** Messages whose text has all these words. @throws ChaxiError badRequest, rateLimited, connectionLost, … */
  async search(query: string, { conversationId, before, limit }: SearchOptions = {}): Promise<SearchPage> {
    const { claims } = await this.#identified.promise;
    const position =
      before && before.seq !== null
        ? { sentAt: before.sentAt, conversationId: before.conversationId, seq: before.seq }
        : undefined;
    const page = await this.#connection.request('search', { query, conversationId, before: position, limit });
    return { messages: page.messages.map((message) => makeChatMessage(message, claims.identity)), more: page.more };
  }

  /** There is a token: whose messages lie on this device is known from now on. @throws ChaxiError tokenInvalid */
  #identify(token: string): void {
    const claims = tokenClaims(token);
    if (this.#person) {
      const { apiKey, identity } = this.#person.claims;
      if (claims.apiKey === apiKey && claims.identity === identity) return;
      throw new ChaxiError('tokenInvalid', { message: 'The token is of another person than the one before.' });
    }
    const { url, storage = 'indexedDB', upload = uploadAttachment, prepare = preparePicture } = this.#options;
    const name = ['chaxi', url, claims.apiKey, claims.identity, ...(claims.counter ? ['counter'] : [])].join(' ');
    const isKept = storage === 'indexedDB' && typeof indexedDB !== 'undefined';
    const { outbox, exclusive } = openOutbox(name, storage === 'indexedDB');
    const cache = isKept ? new ConversationCache(cacheName(name), this.#logger) : null;
    outbox.on('storageFailed', (error) => this.emit('storageFailed', error));
    const connection = this.#connection;
    const list = new ConversationList({
      context: {
        self: { identity: claims.identity, name: claims.name },
        request: (method, data) => connection.request(method, data),
        notify: (notice, data) => connection.notify(notice, data),
        live: () => connection.live,
        serverUrl: () => connection.serverUrl,
        outbox,
        exclusive,
        upload,
        prepare,
        logger: this.#logger,
      },
      cache,
      changed: () => this.#handleListChanged(),
      added: (conversation, message) => this.emit('messageAdded', conversation, message),
    });
    outbox.on('storedElsewhere', (conversationId, messages) =>
      list.get(conversationId)?.feed.loader.handleStored(messages),
    );
    outbox.on('changed', (conversationId) => void list.get(conversationId)?.outgoing.handleOutbox());
    const person = { name, claims, outbox, list, cache };
    this.#person = person;
    void list.restore().then(() => this.#identified.resolve(person));
  }

  /** Where a page before has kept it, it is there at once, and the server is asked behind it. */
  async #open(
    ask: () => Promise<OpenedConversation>,
    isMeant: (info: OwnConversation) => boolean,
  ): Promise<Conversation> {
    const { list } = await this.#identified.promise;
    const known = list.find(isMeant);
    const opening = this.#openBehind(ask, list);
    if (!known?.isOpen) return opening;
    opening.catch((error: unknown) => this.#logger.warn('messages: a conversation can not be opened', error));
    return known;
  }

  async #openBehind(ask: () => Promise<OpenedConversation>, list: ConversationList): Promise<Conversation> {
    const conversation = await list.open(ask);
    await Promise.all([untilAnswered(() => conversation.feed.loader.load()), conversation.outgoing.handleOutbox()]);
    return conversation;
  }

  /** There is a connection: what was missed is asked for, and what waits is sent. */
  async #recover(): Promise<void> {
    const { list, outbox } = await this.#identified.promise;
    for (const { outgoing } of list.all) outgoing.handleConnected();
    list.reload();
    // Also where nobody opens the conversation on this page.
    for (const conversationId of await outbox.conversationIds()) {
      if (!list.get(conversationId)) void list.discover(conversationId);
    }
  }

  /** Many at once are told as one. */
  #handleListChanged(): void {
    if (this.#listChanged) return;
    this.#listChanged = true;
    queueMicrotask(() => {
      this.#listChanged = false;
      if (this.state === 'closed') return;
      this.emit('conversationsChanged');
      const { unread } = this;
      if (unread === this.#unread) return;
      this.#unread = unread;
      this.emit('unreadChanged', unread);
    });
  }

  #end(error: ChaxiError | null): void {
    const reason = error ?? new ChaxiError('invalidState', { message: 'The messenger was closed.' });
    this.#identified.reject(reason);
    this.#person?.list.close(error);
    this.#person?.outbox.close();
    void this.#person?.cache?.close();
    this.emit('closed', error);
  }
}

function cacheName(name: string): string {
  return `${name} cache`;
}
