/**
 * The addresses of an attempt to reconnect, in their order: where one was last, where one began, and then the other nodes. Any node of a
 * cluster lets a client in or sends it to the one that does; there is no reason to pause between them, as one that is gone is only a
 * reason to ask the next.
 */
export function serversToTry(known: { last: string; first: string; others: readonly string[] }): string[] {
  return [...new Set([known.last, known.first, ...known.others])];
}
