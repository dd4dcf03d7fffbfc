/** An event as it came. */
export interface TakenEvent {
  name: string;
  data: unknown;
}

/**
 * Events that come while a question is under way. An answer says how something was when it was read, and what was told since then comes before
 * it: so it is told once more after it. All events say how something is now, so that twice does no harm.
 */
export class EventJournal {
  readonly #recordings = new Set<TakenEvent[]>();

  record(event: TakenEvent): void {
    for (const recording of this.#recordings) recording.push(event);
  }

  /** @returns what `ask` answers, and what came meanwhile, in order */
  async during<T>(ask: () => Promise<T>): Promise<{ answer: T; meanwhile: readonly TakenEvent[] }> {
    const recording: TakenEvent[] = [];
    this.#recordings.add(recording);
    try {
      return { answer: await ask(), meanwhile: recording };
    } finally {
      this.#recordings.delete(recording);
    }
  }
}
