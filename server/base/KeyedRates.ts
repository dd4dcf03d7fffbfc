import { performance } from 'node:perf_hooks';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { TokenBucket } from './TokenBucket.ts';

interface Kept {
  bucket: TokenBucket;
  at: number;
}

/** How often each of many may do one thing. Who has not done it for so long that all is allowed again is forgotten. */
export class KeyedRates {
  readonly #options: { perSecond: number; burst: number };
  readonly #now: () => number;
  readonly #fullAfterMs: number;
  /** The longest unused first. */
  readonly #kept = new Map<string, Kept>();

  /** @param now Milliseconds of a clock that never runs backwards. */
  constructor(options: { perSecond: number; burst: number }, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
    this.#fullAfterMs = (options.burst / options.perSecond) * 1_000;
  }

  /** Of how many it knows. */
  get size(): number {
    return this.#kept.size;
  }

  /** @throws rateLimited */
  take(key: string, count = 1): void {
    const now = this.#now();
    const bucket = this.#kept.get(key)?.bucket ?? new TokenBucket(this.#options, now);
    this.#kept.delete(key);
    this.#kept.set(key, { bucket, at: now });
    for (const [oldest, { at }] of this.#kept) {
      if (now - at < this.#fullAfterMs) break;
      this.#kept.delete(oldest);
    }
    if (!bucket.take(now, count)) throw new ChaxiError('rateLimited');
  }
}
