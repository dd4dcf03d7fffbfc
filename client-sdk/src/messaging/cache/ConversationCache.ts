import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { MemberInfo, OwnConversation } from '../../../../protocol/conversations.ts';
import type { Logger } from '../../Logger.ts';
import type { Timeline } from '../timeline/Timeline.ts';

/** A conversation as it was when a page last had it open. */
export interface CachedConversation {
  conversationId: string;
  info: OwnConversation;
  members: readonly MemberInfo[];
  /** Its last messages. */
  timeline: Timeline;
  /** Milliseconds since 1970; to tell the old ones from the young ones only. */
  savedAt: number;
}

interface Schema extends DBSchema {
  conversations: { key: string; value: CachedConversation };
}

/** So many are kept, those that were open last. */
const KEPT_CONVERSATIONS = 20;
const SAVED_AFTER_MS = 500;

/** Keeps conversations on this device, so that a page that returns shows them before there is a connection. It can be done without: nothing of it throws. */
export class ConversationCache {
  readonly #opened: Promise<IDBPDatabase<Schema>>;
  readonly #logger: Logger;
  readonly #changed = new Map<string, () => CachedConversation | null>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(name: string, logger: Logger) {
    this.#logger = logger;
    this.#opened = openDB<Schema>(name, 1, {
      upgrade: (db) => void db.createObjectStore('conversations', { keyPath: 'conversationId' }),
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    });
    this.#opened.catch(() => undefined);
  }

  /** Those that are kept; what is beyond their number is forgotten. */
  async load(): Promise<readonly CachedConversation[]> {
    const found = await this.#use(async (db) => {
      const all = await db.getAll('conversations');
      all.sort((a, b) => b.savedAt - a.savedAt);
      await Promise.all(
        all.slice(KEPT_CONVERSATIONS).map(({ conversationId }) => db.delete('conversations', conversationId)),
      );
      return all.slice(0, KEPT_CONVERSATIONS);
    });
    return found ?? [];
  }

  /** Keeps what `take` gives a little later; many changes at once are one. */
  saveLater(conversationId: string, take: () => CachedConversation | null): void {
    this.#changed.set(conversationId, take);
    this.#timer ??= setTimeout(() => void this.#save(), SAVED_AFTER_MS);
  }

  remove(conversationId: string): void {
    this.#changed.delete(conversationId);
    void this.#use((db) => db.delete('conversations', conversationId));
  }

  /** Keeps first what is not kept yet. */
  async close(): Promise<void> {
    await this.#save();
    await this.#use((db) => Promise.resolve(db.close()));
  }

  async #save(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const taken = [...this.#changed.values()].map((take) => take()).filter((conversation) => conversation !== null);
    this.#changed.clear();
    await this.#use((db) => Promise.all(taken.map((conversation) => db.put('conversations', conversation))));
  }

  async #use<T>(access: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    try {
      return await access(await this.#opened);
    } catch (error) {
      this.#logger.debug('messages: the cache can not be used', error);
      return undefined;
    }
  }
}
