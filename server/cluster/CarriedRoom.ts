/**
 * What goes with a room to the node that opens it when its own is gone. It is forgotten `ttlMs` after it was written last:
 * where nobody came back by then, there is no such room any more.
 */
export interface CarriedRoom {
  /** The settings it was made with; to the store they are any JSON. */
  settings: unknown;
  ttlMs: number;
}

/** Where a room is, and what it was made with where that is known. */
export interface RoomPlace {
  /** The node that has it; undefined where none has. */
  owner: string | undefined;
  /** Undefined where nothing was written. */
  settings: unknown;
}
