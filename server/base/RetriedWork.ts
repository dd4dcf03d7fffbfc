/** Between two attempts after one that failed. */
const PAUSE_MS = 1_000;

export interface RetriedWorkOptions<T> {
  /** Rejects where it has to be done again. */
  work: (item: T) => Promise<void>;
  /** How many are done at once. */
  concurrency: number;
  pauseMs?: number;
}

/** Work that must be done at last, such as what a database has to say that is away now; of what is asked twice while it waits it is done once. */
export class RetriedWork<T> {
  readonly #options: RetriedWorkOptions<T>;
  readonly #waiting = new Map<string, T>();
  #running = 0;
  #pause: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RetriedWorkOptions<T>) {
    this.#options = options;
  }

  add(key: string, item: T): void {
    if (this.#closed) return;
    this.#waiting.set(key, item);
    this.#start();
  }

  /** What is not done by now is not done. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#pause);
    this.#waiting.clear();
  }

  #start(): void {
    while (this.#pause === undefined && this.#running < this.#options.concurrency) {
      const [first] = this.#waiting;
      if (!first) return;
      this.#waiting.delete(first[0]);
      void this.#do(...first);
    }
  }

  async #do(key: string, item: T): Promise<void> {
    this.#running += 1;
    try {
      await this.#options.work(item);
    } catch {
      // Who does the work has said what failed.
      if (!this.#closed && !this.#waiting.has(key)) this.#waiting.set(key, item);
      this.#wait();
    } finally {
      this.#running -= 1;
    }
    this.#start();
  }

  #wait(): void {
    if (this.#closed) return;
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      this.#start();
    }, this.#options.pauseMs ?? PAUSE_MS);
  }
}
