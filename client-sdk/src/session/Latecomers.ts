import type { ConsumerInfo } from '../../../protocol/signaling.ts';

export interface LatecomersOptions {
  /** The first picture of a join is still to come. */
  joining: () => boolean;
  subscribe: () => Promise<{ consumers: ConsumerInfo[] }>;
  arrived: (consumers: ConsumerInfo[]) => void;
  failed: (error: unknown) => void;
}

/** Whoever shows no picture by then is not waited for. */
const PATIENCE_MS = 1_000;

/**
 * Asks for what a large room left out of the snapshot, when the first picture is there: its negotiation takes a while, and
 * would stand in that picture's way.
 */
export class Latecomers {
  readonly #options: LatecomersOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;

  constructor(options: LatecomersOptions) {
    this.#options = options;
  }

  want(): void {
    this.#wanted = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hurry(), this.#options.joining() ? PATIENCE_MS : 0);
  }

  /** There is nothing to wait for any more. */
  hurry(): void {
    clearTimeout(this.#timer);
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#options.subscribe().then(({ consumers }) => this.#options.arrived(consumers), this.#options.failed);
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
  }
}
