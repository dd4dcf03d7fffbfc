import { performance } from 'node:perf_hooks';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { TokenBucket } from './TokenBucket.ts';

/** How often one session may ask. Who goes on and on costs everyone's time, even if all of it is refused, and is sent away. */
export class SessionRates {
  readonly #bucket = bucketOf(limits.requestBurst);
  readonly #excess = bucketOf(limits.excessBurst);
  readonly #sendAway: (error: ChaxiError) => void;

  constructor(sendAway: (error: ChaxiError) => void) {
    this.#sendAway = sendAway;
  }

  /** @throws rateLimited */
  take(): void {
    if (this.#bucket.take(performance.now())) return;
    this.takeExcess();
    throw new ChaxiError('rateLimited');
  }

  /** Counts what gets no answer in any case. */
  takeExcess(): void {
    if (!this.#excess.take(performance.now())) this.#sendAway(new ChaxiError('rateLimited'));
  }
}

function bucketOf(burst: number): TokenBucket {
  return new TokenBucket({ perSecond: limits.requestsPerSecond, burst }, performance.now());
}
