/** Who has a seat, on whatever node. */
export interface Seated {
  id: string;
  /** Milliseconds since 1970, by the clock of its node. */
  joinedAt: number;
  /** Since it entered, in milliseconds of this node's clock; undefined on another node. */
  sinceMs: number | undefined;
}

/** Nobody loses a seat who has had it for so long. */
const CONTESTED_MS = 5_000;

/**
 * Of more people than there are seats, those of this node who entered last, and just now: nodes that did not yet know of each
 * other's people have let them in at the same moment. All nodes find the same order, so one of two goes and not both.
 */
export function seatLosers(seated: readonly Seated[], seats: number): string[] {
  const order = [...seated].sort((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1));
  return order
    .slice(seats)
    .filter(({ sinceMs }) => sinceMs !== undefined && sinceMs < CONTESTED_MS)
    .map(({ id }) => id);
}
