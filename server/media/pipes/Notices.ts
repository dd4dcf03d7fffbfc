import { ChaxiError } from '../../../protocol/ChaxiError.ts';

/** Between the attempts; a node that has not heard after all of them is long forgotten by the others. */
const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/** What another node is told without anyone waiting for it. Told again where the node, or Redis, was away for a moment. */
export class Notices<T> {
  readonly #request: (nodeId: string, notice: T) => Promise<unknown>;
  readonly #retries = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(request: (nodeId: string, notice: T) => Promise<unknown>) {
    this.#request = request;
  }

  send(nodeId: string, notice: T): void {
    void this.#try(nodeId, notice, RETRY_DELAYS_MS);
  }

  /** From now on nothing is told twice. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#retries) clearTimeout(timer);
    this.#retries.clear();
  }

  async #try(nodeId: string, notice: T, [delayMs, ...later]: number[]): Promise<void> {
    try {
      await this.#request(nodeId, notice);
    } catch (error) {
      if (this.#closed || delayMs === undefined || !isUnheard(error)) return;
      const timer = setTimeout(() => {
        this.#retries.delete(timer);
        void this.#try(nodeId, notice, later);
      }, delayMs);
      this.#retries.add(timer);
    }
  }
}

function isUnheard(error: unknown): boolean {
  return error instanceof ChaxiError && ['nodeUnavailable', 'clusterUnavailable'].includes(error.code);
}
