import type { Message } from '../../../../protocol/messages.ts';

/** By `seq`, each message once, in its latest change. */
export function mergeMessages(messages: readonly Message[], changed: readonly Message[]): readonly Message[] {
  if (changed.length === 0) return messages;
  // What usually comes follows what is there.
  const follows = changed.every(({ seq }, i) => seq > ((changed[i - 1] ?? messages.at(-1))?.seq ?? 0));
  if (follows) return [...messages, ...changed];
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  for (const message of changed) {
    const before = bySeq.get(message.seq);
    if (!before || before.change < message.change) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
