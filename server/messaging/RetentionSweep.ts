import type { Logger } from '../base/logger.ts';
import type { Retention } from '../storage/messages/Retention.ts';
import type { AttachmentService } from './AttachmentService.ts';

const SWEEP_INTERVAL_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface RetentionSweepOptions {
  store: Retention;
  attachments: AttachmentService;
  /** 0 keeps messages for ever. */
  retentionDays: number;
  logger: Logger;
}

/** Removes each hour, and at the start, what is not to be kept any longer. */
export class RetentionSweep {
  readonly #options: RetentionSweepOptions;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: RetentionSweepOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#begin(), SWEEP_INTERVAL_MS);
    this.#begin();
  }

  /** Resolves when a step that runs is over. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  #begin(): void {
    if (this.#options.retentionDays === 0) return;
    // The store has said what failed; the next time may go better.
    const sweep = () => this.#sweep().catch((error: unknown) => this.#options.logger.debug('sweep failed', { error }));
    this.#sweeping = this.#sweeping.then(sweep);
  }

  async #sweep(): Promise<void> {
    const { store, attachments, retentionDays, logger } = this.#options;
    let count = 0;
    for await (const removed of store.removeOlderThan(Date.now() - retentionDays * DAY_MS)) {
      attachments.discard(removed.attachments);
      count += removed.messageCount;
      if (this.#closed) break;
    }
    if (count > 0) logger.info('messages removed', { count });
  }
}
