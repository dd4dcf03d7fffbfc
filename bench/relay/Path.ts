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

  get rttMs(): number {
    return this.up.settings.delayMs + this.down.settings.delayMs;
  }
}
