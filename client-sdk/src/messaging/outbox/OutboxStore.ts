import type { OutboxDraft, OutboxEntry } from './OutboxEntry.ts';

/** Where unsent messages are kept. */
export interface OutboxStore {
  /** Kept for good when it resolves, in this order: all or none. */
  add(drafts: readonly OutboxDraft[]): Promise<OutboxEntry[]>;
  /** In the order of writing. */
  list(conversationId: string): Promise<OutboxEntry[]>;
  /** Of the conversations with unsent messages. */
  conversationIds(): Promise<string[]>;
  /** Does nothing where it is no longer there. */
  update(number: number, change: Partial<Pick<OutboxEntry, 'ticket' | 'attachmentId' | 'failure'>>): Promise<void>;
  remove(numbers: readonly number[]): Promise<void>;
  close(): void;
}

/** 22 letters and digits. (`crypto.randomUUID` is missing in pages without https.) */
export function newDeviceId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  return Array.from(bytes, (byte) => (byte % 32).toString(32)).join('');
}
