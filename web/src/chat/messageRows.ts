/** As much of a message as its place among the others depends on. */
export interface Placed {
  /** Null while the server has not numbered it. */
  seq: number | null;
  from: { identity: string };
  sentAt: number;
}

export type MessageRow<M extends Placed> =
  | { kind: 'day'; at: number }
  | { kind: 'new' }
  /** `first` and `last` of what one person said in a row. */
  | { kind: 'message'; message: M; first: boolean; last: boolean };

/** What one person says within this time of the message before stands together. */
const TOGETHER_MS = 5 * 60_000;

/**
 * Puts a line above each day and above the first message that is new, and what one person said in a row together.
 *
 * @param readSeq what had been read when the conversation was opened; null for no line
 */
export function messageRows<M extends Placed>(
  messages: readonly M[],
  { identity, readSeq }: { identity: string; readSeq: number | null },
): MessageRow<M>[] {
  const rows: MessageRow<M>[] = [];
  const firstNew =
    readSeq === null
      ? undefined
      : messages.find(({ seq, from }) => seq !== null && seq > readSeq && from.identity !== identity);
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || !sameDay(before, message)) rows.push({ kind: 'day', at: message.sentAt });
    if (message === firstNew) rows.push({ kind: 'new' });
    const first = !before || message === firstNew || !together(before, message);
    const last = !after || after === firstNew || !together(message, after);
    rows.push({ kind: 'message', message, first, last });
  });
  return rows;
}

function together(a: Placed, b: Placed): boolean {
  return a.from.identity === b.from.identity && b.sentAt - a.sentAt < TOGETHER_MS && sameDay(a, b);
}

function sameDay(a: Placed, b: Placed): boolean {
  return new Date(a.sentAt).toDateString() === new Date(b.sentAt).toDateString();
}
