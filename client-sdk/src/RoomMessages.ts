import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ChaxiMessenger } from './messaging/ChaxiMessenger.ts';
import type { ChaxiMessengerOptions } from './messaging/ChaxiMessengerOptions.ts';
import type { Conversation } from './messaging/Conversation.ts';
import type { ResolvedOptions } from './TastingRoomOptions.ts';

/** @internal */
export interface RoomMessagesOptions {
  options: Pick<ResolvedOptions, 'url' | 'token' | 'logger'>;
  /** Name of the room that one is in; null where one is in none. */
  room: () => string | null;
  /** Address of the node that has the room now. */
  server: () => string;
  /** Of the messenger; for tests. */
  internals?: Pick<ChaxiMessengerOptions, 'storage' | 'openSocket'>;
}

/** The conversation of a room. Its code, and socket.io with it, is loaded when it is first opened. */
export class RoomMessages {
  readonly #options: RoomMessagesOptions;
  #messenger: Promise<ChaxiMessenger> | null = null;
  #conversation: Promise<Conversation> | null = null;

  /** @internal */
  constructor(options: RoomMessagesOptions) {
    this.#options = options;
  }

  /**
   * Opens the conversation of the room that one is in, and waits for a connection where there is none; called again it returns the same.
   * It is closed when the room is left.
   * @throws ChaxiError invalidState: not in a room; notAllowed, …
   */
  open(): Promise<Conversation> {
    const room = this.#options.room();
    if (room === null) return Promise.reject(new ChaxiError('invalidState'));
    if (this.#conversation) return this.#conversation;
    const opening = this.#open(room);
    this.#conversation = opening;
    opening.catch(() => this.#conversation === opening && this.close());
    return opening;
  }

  /** @internal The room was left. */
  close(): void {
    // Until it is there, nothing listens that could be told.
    void this.#messenger?.then(
      (messenger) => messenger.close(),
      () => undefined,
    );
    this.#messenger = null;
    this.#conversation = null;
  }

  async #open(room: string): Promise<Conversation> {
    this.#messenger ??= this.#connect();
    const messenger = await this.#messenger;
    return messenger.openRoom(room);
  }

  async #connect(): Promise<ChaxiMessenger> {
    const { options, server, internals } = this.#options;
    const { url, token, logger } = options;
    const { ChaxiMessenger } = await import('./messaging/index.ts').catch((error: unknown) => {
      throw new ChaxiError('serverUnreachable', { cause: error });
    });
    const messenger = new ChaxiMessenger({ url, server, token, logger, ...internals });
    void messenger.connect().catch(() => undefined);
    return messenger;
  }
}
