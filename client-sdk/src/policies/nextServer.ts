/**
 * The address to try at an attempt to reconnect, the first being 0: where one was last, where one began, and then the other
 * nodes in turn. Any node of a cluster sends a client to the one that has the room.
 */
export function nextServer(attempt: number, known: { last: string; first: string; others: readonly string[] }): string {
  const servers = [...new Set([known.last, known.first, ...known.others])];
  return servers[attempt % servers.length] ?? known.last;
}
