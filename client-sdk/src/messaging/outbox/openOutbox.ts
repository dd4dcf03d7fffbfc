import { IndexedDbStore } from './IndexedDbStore.ts';
import { Outbox } from './Outbox.ts';
import type { Exclusive } from './ConversationSender.ts';

/**
 * The outbox with this name, and what keeps two tabs from sending it at once. That spares the network what the server would answer twice; the
 * order and the number of messages do not hang on it.
 */
export function openOutbox(name: string, durable: boolean): { outbox: Outbox; exclusive: Exclusive } {
  const outbox = new Outbox({ name, durable: durable ? new IndexedDbStore(name) : null });
  // Missing in pages without https.
  const locks = typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);
  if (!durable || !locks) return { outbox, exclusive: (_name, run) => run() };
  return { outbox, exclusive: (conversationId, run) => locks.request(`${name}/${conversationId}`, run) };
}
