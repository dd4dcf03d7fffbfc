import type { Logger } from '../Logger.ts';
import { clockOffset, type ClockSample } from './clockOffset.ts';

export interface ServerClockOptions {
  /** Asks the node what its clock says: milliseconds that only run forward. */
  ping: () => Promise<number>;
  /** The offset of this connection is known now; it gets better with each ping. */
  known: () => void;
  logger: Logger;
}

/** At first so many pings follow each other, so that one of them meets no queue. */
const FIRST_PINGS = 5;
const FIRST_GAP_MS = 150;
/** Later for the drift, which is below 3 ms in this time. */
const GAP_MS = 25_000;
const KEPT_SAMPLES = 8;

/**
 * The clock of the node that one is connected to, while someone wants to know it. By `performance.now()`: the date of a device may
 * be wrong, and jumps.
 */
export class ServerClock {
  readonly #options: ServerClockOptions;
  #samples: ClockSample[] = [];
  #offsetMs: number | null = null;
  #wanted = false;
  #pings = 0;
  /** Counts connections: an answer of the one before says nothing of this one. */
  #connection = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ServerClockOptions) {
    this.#options = options;
  }

  /** To be added to `performance.now()`; null until it is known. */
  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  /** Measures from now on, or no longer. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#begin();
  }

  /** There is another connection, and maybe another node behind it. */
  reset(): void {
    this.#samples = [];
    this.#offsetMs = null;
    this.#begin();
  }

  /** The page may have slept, and its clock with it. */
  renew(): void {
    if (this.#wanted) this.#begin();
  }

  #begin(): void {
    this.#connection += 1;
    this.#pings = 0;
    clearTimeout(this.#timer);
    if (this.#wanted) void this.#measure(this.#connection);
  }

  async #measure(connection: number): Promise<void> {
    const sentAtMs = performance.now();
    try {
      const nodeMs = await this.#options.ping();
      if (connection === this.#connection) this.#take({ sentAtMs, answeredAtMs: performance.now(), nodeMs });
    } catch (error) {
      this.#options.logger.debug('no answer to a ping for the clock', error);
    }
    if (connection !== this.#connection || !this.#wanted) return;
    this.#pings += 1;
    const gapMs = this.#pings < FIRST_PINGS ? FIRST_GAP_MS : GAP_MS;
    this.#timer = setTimeout(() => void this.#measure(connection), gapMs);
  }

  #take(sample: ClockSample): void {
    this.#samples = [...this.#samples, sample].slice(-KEPT_SAMPLES);
    const wasKnown = this.#offsetMs !== null;
    this.#offsetMs = clockOffset(this.#samples, sample.answeredAtMs)?.offsetMs ?? null;
    if (!wasKnown) this.#options.known();
  }
}
