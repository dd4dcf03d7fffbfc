import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { SQLITE_CORRUPT } from './sqliteErrors.ts';
import type { StatementResult, ThreadAnswer, ThreadData, ThreadError, ThreadRequest } from './sqliteMessages.ts';

// The thread of one database: it opens the file, and runs one statement after another. SqliteThread.ts starts it.

/** How long a statement, or the start, waits for another process that holds the database. */
const BUSY_TIMEOUT_MS = 5_000;

function open({ file }: ThreadData): DatabaseSync {
  // Made before SQLite opens it, for this user alone; its companions -wal and -shm get the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    const findings = database.prepare('PRAGMA quick_check(1)').all();
    const finding = String(findings[0]?.quick_check).replaceAll(/\s+/g, ' ');
    if (finding !== 'ok') throw Object.assign(new Error(finding), { errcode: SQLITE_CORRUPT });
    // With a log beside it readers never wait; FULL means that what was answered survives a loss of power.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function run(database: DatabaseSync, { sql, parameters }: Extract<ThreadRequest, { id: number }>): StatementResult {
  const statement = database.prepare(sql);
  if (statement.columns().length > 0) return { rows: statement.all(...parameters) };
  const { changes, lastInsertRowid } = statement.run(...parameters);
  return { rows: [], changes, insertId: lastInsertRowid };
}

function describe(error: unknown): ThreadError {
  const { message, errcode } = error as { message: string; errcode?: number };
  return { message, errcode: errcode ?? 0 };
}

const port = parentPort!;
const say = (answer: ThreadAnswer) => port.postMessage(answer);
try {
  const database = open(workerData as ThreadData);
  port.on('message', (request: ThreadRequest) => {
    if ('close' in request) {
      database.close();
      port.close();
      return;
    }
    const { id } = request;
    try {
      say({ id, result: run(database, request) });
    } catch (error) {
      say({ id, error: describe(error) });
    }
  });
  say({ ready: true });
} catch (error) {
  say({ failed: describe(error) });
}
