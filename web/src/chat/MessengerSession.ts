import type { ChaxiMessenger, Conversation, ErrorCode } from '../../../client-sdk/src/messaging/index.ts';
import type { Language } from '../i18n/languages.ts';
import { errorCodeOf } from '../session/errorCodeOf.ts';
import { Observable } from '../session/observable.ts';
import { Chat } from './Chat.ts';

export interface MessengerSessionOptions {
  url: string;
  token: string;
  language: Language;
  onError?: (code: ErrorCode) => void;
}

/** How a conversation is asked for. */
export type Opening = (messenger: ChaxiMessenger) => Promise<Conversation>;

/** One person's messages apart from any room, and the conversation that is looked at. */
export class MessengerSession extends Observable {
  readonly #options: MessengerSessionOptions;
  #language: Language;
  #messenger: ChaxiMessenger | null = null;
  #chat: Chat | null = null;
  #opening: object | null = null;
  #error: ErrorCode | null = null;
  #listed = false;
  #more = false;
  #closed = false;
  readonly #changed = () => {
    this.#chat?.refresh();
    this.changed();
  };

  constructor(options: MessengerSessionOptions) {
    super();
    this.#options = options;
    this.#language = options.language;
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    if (this.#chat) this.#chat.language = language;
    this.changed();
  }

  get messenger(): ChaxiMessenger | null {
    return this.#messenger;
  }

  get isConnected(): boolean {
    return this.#messenger?.state === 'connected';
  }

  /** The first list has come. */
  get isListed(): boolean {
    return this.#listed;
  }

  get hasMore(): boolean {
    return this.#more;
  }

  /** The conversation that is looked at. */
  get chat(): Chat | null {
    return this.#chat;
  }

  /** Why there is nothing to look at. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  /** Loads the code of messages and connects. */
  async start(): Promise<void> {
    await this.#attempt(async () => {
      const { ChaxiMessenger } = await import('../../../client-sdk/src/messaging/index.ts');
      if (this.#closed) return;
      const { url, token } = this.#options;
      const messenger = new ChaxiMessenger({ url, token });
      this.#messenger = messenger;
      messenger
        .on('stateChanged', this.#changed)
        .on('conversationsChanged', this.#changed)
        .on('unreadChanged', this.#changed)
        .on('closed', (error) => error && this.#end(error.code));
      void messenger.connect().catch(() => undefined);
      this.changed();
    });
  }

  /** The next page of conversations. */
  async list(): Promise<void> {
    await this.#attempt(async () => {
      this.#more = (await this.#messenger?.loadConversations()) ?? false;
      this.#listed = true;
      this.changed();
    });
  }

  /** Looks at a conversation; null at none. */
  async look(opening: Opening | null): Promise<Chat | null> {
    this.#chat?.close();
    this.#chat = null;
    if (this.#messenger?.state !== 'closed') this.#error = null;
    this.changed();
    const turn = {};
    this.#opening = turn;
    const messenger = this.#messenger;
    if (!messenger || !opening) return null;
    await this.#attempt(async () => {
      const conversation = await opening(messenger);
      if (this.#opening === turn) this.#show(conversation, messenger);
    });
    return this.#chat;
  }

  close(): void {
    this.#closed = true;
    this.#chat?.close();
    this.#messenger?.close();
  }

  #show(conversation: Conversation, messenger: ChaxiMessenger): void {
    this.#chat = new Chat({
      conversation,
      identity: messenger.identity ?? '',
      language: this.#language,
      serverUrl: this.#options.url,
      isConnected: () => this.isConnected,
    });
    conversation.once('closed', (error) => {
      if (error && this.#chat?.conversation === conversation) this.#end(error.code);
    });
    this.changed();
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      // Why it has closed is told by its event.
      if (this.#messenger?.state !== 'closed') this.#fail(errorCodeOf(error));
    }
  }

  /** What was looked at is no more: in its place stands why. */
  #end(code: ErrorCode): void {
    this.#chat?.close();
    this.#chat = null;
    this.#fail(code);
  }

  #fail(code: ErrorCode): void {
    if (this.#closed) return;
    this.#error = code;
    this.changed();
    this.#options.onError?.(code);
  }
}
