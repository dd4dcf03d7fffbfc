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
 * The first message of another that is new; null where it is not known, since older ones are not loaded.
 *
 * @param readSeq what had been read when the conversation was opened; null where nothing is new
 */
export function firstNew<M extends Placed>(
  messages: readonly M[],
  { identity, readSeq, hasOlder }: { identity: string; readSeq: number | null; hasOlder: boolean },
): M | null {
  if (readSeq === null) return null;
  const place = messages.findIndex(({ seq, from }) => seq !== null && seq > readSeq && from.identity !== identity);
  return place === 0 && hasOlder ? null : (messages[place] ?? null);
}

/** Puts a line above each day and above what is new, and what one person said in a row together. */
export function messageRows<M extends Placed>(messages: readonly M[], newFrom: M | null): MessageRow<M>[] {
  const rows: MessageRow<M>[] = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || !sameDay(before, message)) rows.push({ kind: 'day', at: message.sentAt });
    if (message === newFrom) rows.push({ kind: 'new' });
    const first = !before || message === newFrom || !together(before, message);
    const last = !after || after === newFrom || !together(message, after);
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
