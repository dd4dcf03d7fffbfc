import type { OutboxDraft, OutboxEntry } from './OutboxEntry.ts';
import { newDeviceId, type OutboxStore } from './OutboxStore.ts';

/** Keeps unsent messages as long as the page is there. */
export class MemoryStore implements OutboxStore {
  readonly #deviceId = newDeviceId();
  readonly #entries = new Map<number, OutboxEntry>();
  #last = 0;

  add(drafts: readonly OutboxDraft[]): Promise<OutboxEntry[]> {
    const added = drafts.map((draft) => {
      const number = ++this.#last;
      return { ...draft, number, deviceId: this.#deviceId, ticket: null, attachmentId: null, failure: null };
    });
    for (const entry of added) this.#entries.set(entry.number, entry);
    return Promise.resolve(added);
  }

  list(conversationId: string): Promise<OutboxEntry[]> {
    return Promise.resolve([...this.#entries.values()].filter((entry) => entry.conversationId === conversationId));
  }

  conversationIds(): Promise<string[]> {
    return Promise.resolve([...new Set([...this.#entries.values()].map(({ conversationId }) => conversationId))]);
  }

  update(number: number, change: Partial<OutboxEntry>): Promise<void> {
    const entry = this.#entries.get(number);
    if (entry) this.#entries.set(number, { ...entry, ...change });
    return Promise.resolve();
  }

  remove(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) this.#entries.delete(number);
    return Promise.resolve();
  }

  close(): void {
    // Nothing is held outside.
  }
}
