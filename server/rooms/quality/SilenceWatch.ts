import type { Participant } from '../Participant.ts';

/** The media of one participant, as far as one can tell from it whether they are still there. */
export interface CountsReceived {
  /** Bytes that have come from the client, whatever they were. @throws where the transports are gone */
  receivedBytes(): Promise<number>;
}

export interface SilenceWatchOptions {
  /** How long a report may stay away. The second half of it must be longer than Chromium's checks of an idle path, 2.5 s. */
  silenceMs: number;
  fellSilent: (participant: Participant) => void;
}

/**
 * Waits for reports that stay away. They do so where the network carries nothing any more, but also where a page does not come to
 * its timers, on a machine that is busy with something else: then its media, and the checks of its path, come all the same, and
 * nothing is wrong with the network.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  readonly #timers = new Map<Participant, NodeJS.Timeout>();

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** A report came, after which there should be another. */
  expect(participant: Participant): void {
    this.#waitHalf(participant, () => this.#begin(participant));
  }

  /** No further report is expected. */
  forget(participant: Participant): void {
    clearTimeout(this.#timers.get(participant));
    this.#timers.delete(participant);
  }

  async #begin(participant: Participant): Promise<void> {
    const timer = this.#timers.get(participant);
    const before = await received(participant);
    if (this.#timers.get(participant) === timer) this.#compareLater(participant, before);
  }

  #compareLater(participant: Participant, before: number): void {
    this.#waitHalf(participant, async () => {
      const timer = this.#timers.get(participant);
      const now = await received(participant);
      if (this.#timers.get(participant) !== timer) return;
      if (now > before) {
        this.#compareLater(participant, now);
        return;
      }
      this.forget(participant);
      this.#options.fellSilent(participant);
    });
  }

  #waitHalf(participant: Participant, then: () => Promise<void>): void {
    clearTimeout(this.#timers.get(participant));
    this.#timers.set(
      participant,
      setTimeout(() => void then(), this.#options.silenceMs / 2),
    );
  }
}

/** 0 of media that are gone, or on a worker that has died. */
async function received({ media }: Pick<Participant, 'media'>): Promise<number> {
  const counted: CountsReceived | null = media;
  return (await counted?.receivedBytes().catch(() => 0)) ?? 0;
}
