import { seededRandom } from '../lib/random.ts';
import { DelayLine } from './DelayLine.ts';
import { Link } from './Link.ts';

/** Both directions between clients and the server, and the clock that moves what is on its way. */
export class Path {
  /** From the client to the server. */
  readonly up: Link;
  readonly down: Link;
  readonly line = new DelayLine();

  constructor(seed: number) {
    this.up = new Link(seededRandom(seed));
    this.down = new Link(seededRandom(seed + 1));
  }

  /** Nothing passes in either direction for so long from now on. @returns when it is over, on the clock of performance.now() */
  cut(durationMs: number): number {
    const openAtMs = performance.now() + durationMs;
    this.up.cutUntil(openAtMs);
    this.down.cutUntil(openAtMs);
    return openAtMs;
  }

  get rttMs(): number {
    return this.up.settings.delayMs + this.down.settings.delayMs;
  }
}
