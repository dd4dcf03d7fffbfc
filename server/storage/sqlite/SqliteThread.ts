import type { SQLInputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { DatabaseLostError } from '../DatabaseLostError.ts';
import { SqliteError } from './sqliteErrors.ts';
import type { StatementResult, ThreadAnswer, ThreadData, ThreadRequest } from './sqliteMessages.ts';

interface Waiting {
  resolve: (result: StatementResult) => void;
  reject: (error: Error) => void;
}

/**
 * A SQLite database in a thread of its own. node:sqlite is synchronous, and while a busy disk syncs a commit, or another
 * process holds the database, nothing else may have to wait.
 */
export class SqliteThread {
  /** Resolves when it runs no more: null after `close`, else with what ended it. */
  readonly ended: Promise<DatabaseLostError | null>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed = false;
  /** Why it takes no more statements. */
  #failure: DatabaseLostError | null = null;

  /** Opens the database in a file, made where there is none. @throws SqliteError */
  static async open(file: string): Promise<SqliteThread> {
    const data: ThreadData = { file };
    const worker = new Worker(new URL('./sqliteWorker.ts', import.meta.url), { workerData: data });
    const opened = new SqliteThread(worker);
    await new Promise<void>((resolve, reject) => {
      worker.once('message', (answer: ThreadAnswer) => {
        if ('failed' in answer) reject(new SqliteError(answer.failed));
        else resolve();
      });
      void opened.ended.then(reject);
    });
    return opened;
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: ThreadAnswer) => this.#settle(answer));
    worker.on('error', (error: Error) => this.#fail(error));
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        if (!this.#closed || this.#waiting.size > 0) this.#fail();
        resolve(this.#failure);
      });
    });
  }

  /** Statements run in the order of their calls. @throws SqliteError; DatabaseLostError where the thread is gone */
  execute(sql: string, parameters: SQLInputValue[]): Promise<StatementResult> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#closed) return Promise.reject(new Error('The database is closed.'));
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, sql, parameters });
    });
  }

  /** Resolves when everything before it is done and the file is closed. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#send({ close: true });
    }
    await this.ended;
  }

  #send(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  #settle(answer: ThreadAnswer): void {
    if (!('id' in answer)) return;
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('result' in answer) waiting?.resolve(answer.result);
    else waiting?.reject(new SqliteError(answer.error));
  }

  #fail(cause?: Error): void {
    this.#failure ??= new DatabaseLostError(cause);
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
