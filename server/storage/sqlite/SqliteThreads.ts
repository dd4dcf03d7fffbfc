import type { Logger } from '../../base/logger.ts';
import { REMEMBERED_DEATHS, respawnDelayMs } from '../../base/respawnDelay.ts';
import { SqliteThread } from './SqliteThread.ts';

/** The thread of a database, and another one in its place when it dies. */
export class SqliteThreads {
  readonly #file: string;
  readonly #logger: Logger;
  #current: SqliteThread;
  #deaths: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;

  /** @throws SqliteError */
  static async open(file: string, logger: Logger): Promise<SqliteThreads> {
    return new SqliteThreads(file, logger, await SqliteThread.open(file));
  }

  private constructor(file: string, logger: Logger, first: SqliteThread) {
    this.#file = file;
    this.#logger = logger;
    this.#current = first;
    this.#watch(first);
  }

  /** The one that runs; until a dead one is replaced, that one, which refuses everything. */
  get current(): SqliteThread {
    return this.#current;
  }

  /** Resolves when everything before it is done and the file is closed. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#opening;
    await this.#current.close();
  }

  #watch(thread: SqliteThread): void {
    void thread.ended.then((error) => {
      if (!error || this.#closed) return;
      this.#logger.error('the thread of the database died', { error });
      this.#replace();
    });
  }

  #replace(): void {
    const now = Date.now();
    this.#deaths = [...this.#deaths, now].slice(-REMEMBERED_DEATHS);
    this.#timer = setTimeout(() => (this.#opening = this.#open()), respawnDelayMs(this.#deaths, now));
  }

  async #open(): Promise<void> {
    try {
      this.#current = await SqliteThread.open(this.#file);
    } catch (error) {
      if (this.#closed) return;
      this.#logger.error('the database could not be opened again', { error });
      this.#replace();
      return;
    }
    this.#watch(this.#current);
    this.#logger.info('the database is open again');
  }
}
