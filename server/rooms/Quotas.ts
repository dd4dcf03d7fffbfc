import { performance } from 'node:perf_hooks';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { TokenBucket } from '../base/TokenBucket.ts';
import type { Participant } from './Participant.ts';

/** How often each participant may do one thing; forgotten with the participant. */
export class Quotas {
  readonly #buckets = new WeakMap<Participant, TokenBucket>();
  readonly #options: { perSecond: number; burst: number };

  constructor({ perMinute, burst }: { perMinute: number; burst: number }) {
    this.#options = { perSecond: perMinute / 60, burst };
  }

  /** @throws rateLimited */
  take(participant: Participant): void {
    const now = performance.now();
    const bucket = this.#buckets.get(participant) ?? new TokenBucket(this.#options, now);
    this.#buckets.set(participant, bucket);
    if (!bucket.take(now)) throw new ChaxiError('rateLimited');
  }
}
