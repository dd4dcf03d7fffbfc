import type { ChaxiMessenger, ErrorCode, OpenRoom } from '../../../client-sdk/src/messaging/index.ts';
import type { Language } from '../i18n/languages.ts';
import { errorCodeOf } from '../session/errorCodeOf.ts';
import { Observable } from '../session/observable.ts';
import { roomPageLink } from '../session/roomLink.ts';

/** A tab of its own for a room, while the click is still going on: later the browser opens none. Null where it does not. */
export type OpenTab = () => { show(url: string): void; close(): void } | null;

export interface RoomsBoardOptions {
  /** Address of the server. */
  url: string;
  language: () => Language;
  openTab?: OpenTab;
}

/** The rooms of a shop, as its counter sees them and what it does with them. */
export class RoomsBoard extends Observable {
  readonly #options: RoomsBoardOptions;
  #messenger: ChaxiMessenger | null = null;
  #rooms: readonly OpenRoom[] | null = null;
  #error: ErrorCode | null = null;
  #entering: string | null = null;
  #blocked: { room: string; url: string } | null = null;
  /** One question after the other, and no more than one waits. */
  #asking = false;
  #askAgain = false;
  readonly #changed = () => void this.refresh();

  constructor(options: RoomsBoardOptions) {
    super();
    this.#options = options;
  }

  /** Null before they are known. */
  get rooms(): readonly OpenRoom[] | null {
    return this.#rooms;
  }

  /** How many wait, in all rooms. */
  get waiting(): number {
    return (this.#rooms ?? []).reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /** Why the last thing did not work. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  /** The room of which a tab is being opened. */
  get entering(): string | null {
    return this.#entering;
  }

  /** A room of which the browser opened no tab. */
  get blocked(): { room: string; url: string } | null {
    return this.#blocked;
  }

  watch(messenger: ChaxiMessenger): void {
    this.close();
    this.#messenger = messenger;
    messenger.on('roomsChanged', this.#changed);
    void this.refresh();
  }

  close(): void {
    this.#messenger?.off('roomsChanged', this.#changed);
    this.#messenger = null;
  }

  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        await this.#attempt(async (messenger) => {
          this.#rooms = await messenger.rooms.list();
        });
      } while (this.#askAgain);
    } finally {
      this.#asking = false;
    }
  }

  /** @returns whether it is open now */
  async create(name: string, lobby: boolean): Promise<boolean> {
    const isOpen = await this.#attempt(async (messenger) => {
      await messenger.rooms.create({ name, lobby });
    });
    if (isOpen) await this.refresh();
    return isOpen;
  }

  /** To be called in a click. */
  async enter(room: string): Promise<void> {
    const { url, language, openTab = openBrowserTab } = this.#options;
    this.#blocked = null;
    this.#entering = room;
    this.changed();
    const tab = openTab();
    const isOpen = await this.#attempt(async (messenger) => {
      const link = roomPageLink({ token: await messenger.rooms.enter(room), url, lang: language() });
      if (tab) tab.show(link);
      else this.#blocked = { room, url: link };
    });
    if (!isOpen) tab?.close();
    this.#entering = null;
    this.changed();
  }

  async #attempt(step: (messenger: ChaxiMessenger) => Promise<void>): Promise<boolean> {
    const messenger = this.#messenger;
    if (!messenger) return false;
    try {
      await step(messenger);
      this.#error = null;
      return true;
    } catch (error) {
      this.#error = errorCodeOf(error);
      return false;
    } finally {
      if (this.#messenger === messenger) this.changed();
    }
  }
}

function openBrowserTab(): ReturnType<OpenTab> {
  const tab = window.open('about:blank', '_blank');
  if (!tab) return null;
  // The room's page has nothing to do with this one.
  tab.opener = null;
  return { show: (url) => tab.location.replace(url), close: () => tab.close() };
}
