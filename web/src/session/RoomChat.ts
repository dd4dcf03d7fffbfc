import type { ErrorCode, Still, TastingRoom } from '../../../client-sdk/src/index.ts';
import type { ChatMessage } from '../../../client-sdk/src/messaging/index.ts';
import type { Chat } from '../chat/Chat.ts';
import type { Language } from '../i18n/languages.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { Observable } from './observable.ts';

/** What the conversation needs of the session. */
export interface RoomChatOptions {
  room: Pick<TastingRoom, 'messages' | 'localParticipant' | 'state' | 'info'>;
  serverUrl: string;
  language: () => Language;
  /** Returns whether the room has it. */
  viewStill: (stillId: string) => boolean;
  /** Someone else has said something. `text`: in a line. */
  onMessage: (message: ChatMessage, text: string) => void;
}

/** The conversation of the room. Its code is loaded when it is first opened. */
export class RoomChat extends Observable {
  readonly #options: RoomChatOptions;
  #chat: Chat | null = null;
  #error: ErrorCode | null = null;
  #opening: Promise<void> | null = null;
  /** Of the latest visit to the room: what an earlier one has asked for comes too late. */
  #visit = 0;
  /** It can be seen now. */
  isShown = false;

  constructor(options: RoomChatOptions) {
    super();
    this.#options = options;
  }

  /** Null until it is there. */
  get chat(): Chat | null {
    return this.#chat;
  }

  /** Why it is not there. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  get unread(): number {
    return this.#chat?.conversation.unread ?? 0;
  }

  /** Once; again where it failed, and where the room was left in between. */
  open(): Promise<void> {
    this.#opening ??= this.#open(this.#visit);
    return this.#opening;
  }

  /** The room was left. */
  close(): void {
    this.#chat?.close();
    this.#chat = null;
    this.#opening = null;
    this.#error = null;
    this.#visit++;
  }

  /** The language is another one, or the room's connection. */
  refresh(): void {
    if (!this.#chat) return;
    const language = this.#options.language();
    if (this.#chat.language === language) this.#chat.refresh();
    else this.#chat.language = language;
  }

  async sendStill({ stillId, url, previewUrl, takenAt, takenFrom }: Still): Promise<void> {
    await this.#chat?.sendCard({
      kind: 'still',
      stillId,
      room: this.#options.room.info?.name ?? '',
      path: new URL(url).pathname,
      previewPath: previewUrl === null ? null : new URL(previewUrl).pathname,
      takenAt,
      takenFrom: takenFrom.name,
    });
  }

  async #open(visit: number): Promise<void> {
    const { room, serverUrl, language, viewStill, onMessage } = this.#options;
    this.#error = null;
    try {
      const [{ Chat, summarize }, conversation] = await Promise.all([import('../chat/index.ts'), room.messages.open()]);
      if (this.#visit !== visit) return;
      const chat = new Chat({
        conversation,
        identity: room.localParticipant.identity,
        language: language(),
        serverUrl,
        isConnected: () => room.state === 'joined',
        viewStill,
      });
      this.#chat = chat;
      chat.subscribe(() => this.changed());
      conversation.on('messageAdded', (message) => {
        if (!message.isOwn && this.#chat === chat) onMessage(message, summarize(message, chat.t.chat));
      });
    } catch (error) {
      if (this.#visit !== visit) return;
      this.#error = errorCodeOf(error);
      this.#opening = null;
    }
    this.changed();
  }
}
