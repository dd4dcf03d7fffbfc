/**
 * What goes with a room to each node that opens it, also when those that had it are gone. It is forgotten `ttlMs` after it was
 * written last: where nobody came back by then, there is no such room any more.
 */
export interface CarriedRoom {
  /** The settings it was made with; to the store they are any JSON. */
  settings: unknown;
  ttlMs: number;
}

/** Where a room is, and what it was made with where that is known. */
export interface RoomPlace {
  /** The nodes that have it, by their ids. */
  holders: string[];
  /** Undefined where nothing was written. */
  settings: unknown;
}
