/** Rows of one step, so that nobody waits long for it. */
export const ROWS_AT_ONCE = 200;

/** A row of `room_records`: one small document of a room, open or not. */
export interface RoomRecordRow {
  /** API key. */
  tenant: string;
  /** Name of the room. */
  room: string;
  /** Which document. */
  part: string;
  /** Grows by one with each change. */
  revision: number;
  /** JSON. */
  value: string;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

/** A row of `tasting_notes`: what one person wrote of one tea. */
export interface TastingNoteRow {
  /** API key. */
  tenant: string;
  /** Name of the room. */
  room: string;
  teaId: string;
  identity: string;
  /** As the person was called when they wrote last. */
  name: string;
  /** 0 or 1: SQLite has no booleans. */
  shared: 0 | 1;
  /** JSON of each aspect, without those that say nothing. */
  aspects: string;
  /** JSON of a text: PostgreSQL takes not every character as it is. */
  words: string;
  /** Milliseconds since 1970; later than it was before, whatever the clocks of nodes say. */
  updatedAt: number;
}

export interface TastingTables {
  roomRecords: RoomRecordRow;
  tastingNotes: TastingNoteRow;
}
