import type { ThreadError } from './sqliteMessages.ts';

// Result codes of SQLite (sqlite.org/rescode.html), as far as anything is decided by them.
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
export const SQLITE_CORRUPT = 11;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** A statement that failed, or a database that could not be opened. */
export class SqliteError extends Error {
  /** Extended result code; 0 where the error is not SQLite's. */
  readonly errcode: number;

  constructor({ message, errcode }: ThreadError) {
    super(message);
    this.name = 'SqliteError';
    this.errcode = errcode;
  }
}

/** What an operator can do about a database that could not be opened. */
export function explainOpenError(error: Error): string {
  // The primary code is the lowest byte.
  switch (error instanceof SqliteError ? error.errcode & 0xff : 0) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return 'Another program holds it. Stop that program, or use another dataDir.';
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return `It is damaged (${error.message}). Restore it from a backup, or move it away to begin with an empty one.`;
    case SQLITE_CANTOPEN:
      return 'Check that it is a file in a folder that this user can write.';
    default:
      return error.message;
  }
}
