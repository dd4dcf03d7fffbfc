import type { ClientRateLimitInfo, Store } from 'express-rate-limit';

/**
 * Counts requests of each address in windows of equal length. Unlike the limiter's own store it needs no timer, so that
 * a closed server leaves nothing behind; a new window forgets all addresses at once.
 */
export class FixedWindowStore implements Store {
  /** Keys of one store mean nothing to another. */
  readonly localKeys = true;
  readonly #windowMs: number;
  readonly #now: () => number;
  #hits = new Map<string, number>();
  #endMs = 0;

  constructor(windowMs: number, now: () => number = Date.now) {
    this.#windowMs = windowMs;
    this.#now = now;
  }

  increment(key: string): ClientRateLimitInfo {
    const nowMs = this.#now();
    if (nowMs >= this.#endMs) {
      this.#hits = new Map();
      this.#endMs = nowMs + this.#windowMs;
    }
    const totalHits = (this.#hits.get(key) ?? 0) + 1;
    this.#hits.set(key, totalHits);
    return { totalHits, resetTime: new Date(this.#endMs) };
  }

  decrement(key: string): void {
    this.#hits.set(key, Math.max(0, (this.#hits.get(key) ?? 0) - 1));
  }

  resetKey(key: string): void {
    this.#hits.delete(key);
  }
}
