import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Message } from '../../../../protocol/messages.ts';
import { Deferred } from '../../session/Deferred.ts';
import { TypedEmitter } from '../../TypedEmitter.ts';
import { MemoryStore } from './MemoryStore.ts';
import type { OutboxDraft, OutboxEntry } from './OutboxEntry.ts';
import type { OutboxStore } from './OutboxStore.ts';

export interface OutboxOptions {
  /** Names it among the tabs of this browser. */
  name: string;
  /** Null where there is none. */
  durable: OutboxStore | null;
}

export interface OutboxEvents {
  /** Messages of a conversation were added, changed or removed, here or in another tab. */
  changed: [conversationId: string];
  /** Another tab has sent messages, and takes them out of the outbox next. */
  storedElsewhere: [conversationId: string, messages: readonly Message[]];
  /** What is added from now on does not outlive the page; once. */
  storageFailed: [error: ChaxiError];
}

/** What tabs tell each other. */
interface TabNews {
  conversationId: string;
  stored?: readonly Message[];
}

/** An entry, and which of the two stores has it. */
export interface KeptEntry extends OutboxEntry {
  readonly inMemory: boolean;
}

/**
 * The unsent messages of one person on this device: in a store that lasts, and in memory where that one refuses. Those in memory are
 * the later ones, always.
 */
export class Outbox extends TypedEmitter<OutboxEvents> {
  #durable: OutboxStore | null;
  readonly #memory = new MemoryStore();
  readonly #channel: BroadcastChannel | null;
  /** What is to be added, while something is being added: all of it goes into one transaction. */
  #waiting: Array<{ draft: OutboxDraft; added: Deferred<KeptEntry> }> = [];
  #adding = false;
  #failed = false;
  #closed = false;

  constructor({ name, durable }: OutboxOptions) {
    super();
    this.#durable = durable;
    this.#channel = durable && typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<TabNews>) => {
      if (data.stored) this.emit('storedElsewhere', data.conversationId, data.stored);
      else this.emit('changed', data.conversationId);
    });
    // In Node.js it would keep the process alive.
    (this.#channel as { unref?: () => void } | null)?.unref?.();
  }

  /** Resolves when the message is kept, in the order of the calls. */
  add(draft: OutboxDraft): Promise<KeptEntry> {
    const added = new Deferred<KeptEntry>();
    this.#waiting.push({ draft, added });
    if (!this.#adding) void this.#addWaiting();
    return added.promise;
  }

  /** In the order of writing. */
  async list(conversationId: string): Promise<KeptEntry[]> {
    const durable = (await this.#read((store) => store.list(conversationId))) ?? [];
    return [...durable.map(kept(false)), ...(await this.#memory.list(conversationId)).map(kept(true))];
  }

  async conversationIds(): Promise<string[]> {
    const durable = (await this.#read((store) => store.conversationIds())) ?? [];
    return [...new Set([...durable, ...(await this.#memory.conversationIds())])];
  }

  async update(
    entry: KeptEntry,
    change: Partial<Pick<OutboxEntry, 'ticket' | 'attachmentId' | 'failure'>>,
  ): Promise<void> {
    await this.#storeOf(entry).update(entry.number, change);
    this.#tell(entry.conversationId);
  }

  /** For the other tabs, so that what goes out of the outbox is not gone from them until the server tells them of it. */
  tellStored(conversationId: string, stored: readonly Message[]): void {
    this.#channel?.postMessage({ conversationId, stored } satisfies TabNews);
  }

  async remove(conversationId: string, entries: readonly KeptEntry[]): Promise<void> {
    const numbers = (inMemory: boolean) =>
      entries.filter((entry) => entry.inMemory === inMemory).map(({ number }) => number);
    await this.#memory.remove(numbers(true));
    if (numbers(false).length > 0) await this.#durable?.remove(numbers(false));
    this.#tell(conversationId);
  }

  close(): void {
    this.#closed = true;
    this.removeAllListeners();
    this.#channel?.close();
    this.#durable?.close();
  }

  /** What can not be read now stays where it is, for the next page. */
  async #read<T>(read: (store: OutboxStore) => Promise<T>): Promise<T | undefined> {
    const store = this.#durable;
    try {
      return store ? await read(store) : undefined;
    } catch (error) {
      if (this.#closed) return undefined;
      this.#durable = null;
      this.#reportFailure(error);
    }
  }

  #reportFailure(cause: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.emit('storageFailed', new ChaxiError('storageUnavailable', { message: STORAGE_FAILED, cause }));
  }

  async #addWaiting(): Promise<void> {
    this.#adding = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const entries = await this.#addAll(batch.map(({ draft }) => draft));
      for (const [i, { added }] of batch.entries()) added.resolve(entries[i]!);
      for (const conversationId of new Set(entries.map((entry) => entry.conversationId))) this.#tell(conversationId);
    }
    this.#adding = false;
  }

  async #addAll(drafts: readonly OutboxDraft[]): Promise<KeptEntry[]> {
    // Later ones must not overtake those that wait in memory.
    if (this.#durable && (await this.#memory.conversationIds()).length === 0) {
      try {
        return (await this.#durable.add(drafts)).map(kept(false));
      } catch (error) {
        this.#reportFailure(error);
      }
    }
    return (await this.#memory.add(drafts)).map(kept(true));
  }

  #storeOf({ inMemory }: KeptEntry): OutboxStore {
    return inMemory || !this.#durable ? this.#memory : this.#durable;
  }

  #tell(conversationId: string): void {
    this.emit('changed', conversationId);
    this.#channel?.postMessage({ conversationId } satisfies TabNews);
  }
}

const STORAGE_FAILED =
  'This browser does not keep messages any more: its storage may be full. What is not sent yet is lost when the page goes.';

function kept(inMemory: boolean): (entry: OutboxEntry) => KeptEntry {
  return (entry) => ({ ...entry, inMemory });
}
