import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { OutboxDraft, OutboxEntry } from './OutboxEntry.ts';
import { newDeviceId, type OutboxStore } from './OutboxStore.ts';

interface Schema extends DBSchema {
  outbox: { key: number; value: OutboxEntry; indexes: { conversationId: string } };
}

type Database = IDBPDatabase<Schema>;

/** Keeps unsent messages in IndexedDB, where all tabs of one browser see them. Numbers are taken by its own counter, which no two tabs share a value of. */
export class IndexedDbStore implements OutboxStore {
  readonly #name: string;
  readonly #deviceId = newDeviceId();
  #opened: Promise<Database> | null = null;
  #closed = false;

  constructor(name: string) {
    this.#name = name;
  }

  add(drafts: readonly OutboxDraft[]): Promise<OutboxEntry[]> {
    const values = drafts.map((draft) => ({
      ...draft,
      deviceId: this.#deviceId,
      ticket: null,
      attachmentId: null,
      failure: null,
    }));
    return this.#use(async (db) => {
      // Strict: it is on the disk, and not only on its way there, when the message is shown as kept.
      const transaction = db.transaction('outbox', 'readwrite', { durability: 'strict' });
      // The store gives the number.
      const adding = values.map((value) => transaction.store.add(value as OutboxEntry));
      const [numbers] = await Promise.all([Promise.all(adding), transaction.done]);
      return values.map((value, i) => ({ ...value, number: numbers[i]! }));
    });
  }

  list(conversationId: string): Promise<OutboxEntry[]> {
    // Those of one key of an index are in the order of the primary key.
    return this.#use((db) => db.getAllFromIndex('outbox', 'conversationId', conversationId));
  }

  conversationIds(): Promise<string[]> {
    return this.#use(async (db) => {
      const ids: string[] = [];
      const index = db.transaction('outbox').store.index('conversationId');
      for (let cursor = await index.openKeyCursor(null, 'nextunique'); cursor; cursor = await cursor.continue()) {
        ids.push(cursor.key);
      }
      return ids;
    });
  }

  async update(number: number, change: Partial<OutboxEntry>): Promise<void> {
    await this.#use(async (db) => {
      const transaction = db.transaction('outbox', 'readwrite');
      const entry = await transaction.store.get(number);
      if (entry) await transaction.store.put({ ...entry, ...change });
      await transaction.done;
    });
  }

  async remove(numbers: readonly number[]): Promise<void> {
    await this.#use(async (db) => {
      const transaction = db.transaction('outbox', 'readwrite');
      await Promise.all([...numbers.map((number) => transaction.store.delete(number)), transaction.done]);
    });
  }

  close(): void {
    this.#closed = true;
    this.#opened?.then((db) => db.close()).catch(() => undefined);
    this.#opened = null;
  }

  /** A browser may end the connection at any time, and tell it afterwards: once, another one is opened. */
  async #use<T>(access: (db: Database) => Promise<T>): Promise<T> {
    try {
      return await access(await this.#db());
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      this.#opened = null;
      return access(await this.#db());
    }
  }

  #db(): Promise<Database> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'));
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<Database> {
    const forget = () => (this.#opened = null);
    try {
      return await openDB<Schema>(this.#name, 1, {
        upgrade: (db) => {
          const outbox = db.createObjectStore('outbox', { keyPath: 'number', autoIncrement: true });
          outbox.createIndex('conversationId', 'conversationId');
        },
        // A newer page wants another version: it waits until this one lets go.
        blocking: (_from, _to, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget,
      });
    } catch (error) {
      forget();
      throw error;
    }
  }
}
