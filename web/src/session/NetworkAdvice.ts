import type { LocalParticipant, QualityReason } from '../../../client-sdk/src/index.ts';
import { Observable } from './observable.ts';

/** What to tell a person about their own network: something while it is poor, until they have read it. */
export class NetworkAdvice extends Observable {
  readonly #self: Pick<LocalParticipant, 'quality' | 'qualityReason'>;
  #dismissed = false;

  constructor(self: Pick<LocalParticipant, 'quality' | 'qualityReason'>) {
    super();
    this.#self = self;
  }

  /** What their network suffers from; null where there is nothing to say. */
  get reason(): QualityReason | null {
    return this.#self.quality === 'poor' && !this.#dismissed ? this.#self.qualityReason : null;
  }

  /** The network of the person changed; another bad time is told anew. */
  update(): void {
    if (this.#self.quality !== 'poor') this.#dismissed = false;
    this.changed();
  }

  dismiss(): void {
    this.#dismissed = true;
    this.changed();
  }
}
