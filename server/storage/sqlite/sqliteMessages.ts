import type { SQLInputValue } from 'node:sqlite';

/** What the thread of a database is given when it starts. */
export interface ThreadData {
  file: string;
}

/** From the server to the thread; the first message is `ready` or `failed`, without being asked. */
export type ThreadRequest = { id: number; sql: string; parameters: SQLInputValue[] } | { close: true };

export interface StatementResult {
  rows: unknown[];
  changes?: number | bigint;
  insertId?: number | bigint;
}

/** What of an error survives the way between threads. */
export interface ThreadError {
  message: string;
  /** Result code of SQLite (sqlite.org/rescode.html), extended; 0 where the error is not SQLite's. */
  errcode: number;
}

/** From the thread to the server. */
export type ThreadAnswer =
  | { ready: true }
  | { failed: ThreadError }
  | { id: number; result: StatementResult }
  | { id: number; error: ThreadError };
