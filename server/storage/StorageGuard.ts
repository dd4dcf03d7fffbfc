import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';

/** Well below what a page waits for an answer before it takes its socket for dead. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * Stands before a part of the storage. Whatever the disk or the database does, callers meet a ChaxiError, `storageUnavailable`, and the
 * log says once what fails, and once that it works again.
 */
export class StorageGuard {
  /** What is kept, as the log calls it, in the plural. */
  readonly #subject: string;
  readonly #logger: Logger;
  readonly #running = new Set<Promise<unknown>>();
  /** Operations that failed the last time. */
  readonly #failing = new Set<string>();

  constructor(subject: string, logger: Logger) {
    this.#subject = subject;
    this.#logger = logger;
  }

  /** Takes the time that it needs. @throws storageUnavailable */
  async run<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const running = this.#guard(operation, work);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /**
   * For whoever waits for an answer: behind writes that a busy database holds up it may come much too late. What took too long
   * may be done all the same, later.
   *
   * @throws storageUnavailable, after 3 s at most
   */
  async answer<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const running = this.run(operation, work);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(this.#fail(operation, new Error(`There was no answer within ${ANSWER_WITHIN_MS} ms.`)));
    }, ANSWER_WITHIN_MS);
    try {
      return await Promise.race([running, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when nothing is being read or written any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #guard<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (this.#failing.delete(operation)) this.#logger.info(`${this.#subject} work again`, { operation });
      return result;
    } catch (error) {
      if (error instanceof ChaxiError) throw error;
      throw this.#fail(operation, error);
    }
  }

  /** A full disk is said once and not at every request. */
  #fail(operation: string, error: unknown): ChaxiError {
    if (!this.#failing.has(operation)) this.#logger.error(`${this.#subject} fail`, { operation, error });
    this.#failing.add(operation);
    return new ChaxiError('storageUnavailable', { cause: error });
  }
}
