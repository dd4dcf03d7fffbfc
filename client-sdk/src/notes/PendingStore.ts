import type { Logger } from '../Logger.ts';
import type { PendingNotes } from './pendingNotes.ts';

/** Whose notes on what. */
export interface NotesOwner {
  server: string;
  room: string;
  identity: string;
}

/**
 * Keeps on this device what is not on the server yet. It is read anew each time, since another tab of the same person may have
 * written, or sent what this one wrote. Where the browser keeps nothing, this page does.
 */
export class PendingStore {
  readonly #key: string;
  readonly #logger: Logger;
  #storage: Storage | null;
  #memory: PendingNotes = {};

  constructor({ server, room, identity }: NotesOwner, logger: Logger) {
    this.#key = `chaxi-notes:${[server, room, identity].map(encodeURIComponent).join(':')}`;
    this.#logger = logger;
    this.#storage = pageStorage();
  }

  read(): PendingNotes {
    if (!this.#storage) return this.#memory;
    try {
      return parse(this.#storage.getItem(this.#key));
    } catch (error) {
      this.#giveUp(error);
      return this.#memory;
    }
  }

  write(pending: PendingNotes): void {
    this.#memory = pending;
    try {
      if (Object.keys(pending).length === 0) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, JSON.stringify(pending));
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Full, or forbidden meanwhile. What was kept until now must not be sent one day as if it were new. */
  #giveUp(error: unknown): void {
    this.#logger.warn('notes are kept in this page only, until they are sent', error);
    const storage = this.#storage;
    this.#storage = null;
    try {
      storage?.removeItem(this.#key);
    } catch {
      // Then it can not be read either.
    }
  }
}

/** Null where the browser forbids it: then even its name throws. */
function pageStorage(): Storage | null {
  try {
    return (globalThis as { localStorage?: Storage }).localStorage ?? null;
  } catch {
    return null;
  }
}

function parse(text: string | null): PendingNotes {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return value !== null && typeof value === 'object' ? (value as PendingNotes) : {};
  } catch {
    return {};
  }
}
