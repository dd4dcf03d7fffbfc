import type { NotesSummary } from '../../../protocol/tastingNotes.ts';
import type { Participant } from '../Participant.ts';

/** Nobody is told more often. */
const PAUSE_MS = 1_000;

export interface SummaryNewsOptions {
  /** Rejects where the database fails; then it is asked again. */
  summarize: () => Promise<NotesSummary>;
  pauseMs?: number;
}

/** Tells those who asked for it how far everyone is with their notes, each time that this may have changed. */
export class SummaryNews {
  readonly #options: Required<SummaryNewsOptions>;
  readonly #watchers = new Set<Participant>();
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #isStale = false;
  #closed = false;

  constructor({ summarize, pauseMs = PAUSE_MS }: SummaryNewsOptions) {
    this.#options = { summarize, pauseMs };
  }

  watch(participant: Participant): void {
    this.#watchers.add(participant);
  }

  isWatching(participant: Participant): boolean {
    return this.#watchers.has(participant);
  }

  /** Something changed. */
  touch(): void {
    if (this.#closed || this.#present.length === 0) return;
    this.#isStale = true;
    this.#timer ??= setTimeout(() => void this.#tell(), Math.max(0, this.#nextAt - performance.now()));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Those who are still here and may still see it; the others are forgotten. */
  get #present(): Participant[] {
    for (const watcher of this.#watchers) {
      if (watcher.closed || !watcher.grants.lead) this.#watchers.delete(watcher);
    }
    return [...this.#watchers];
  }

  async #tell(): Promise<void> {
    this.#isStale = false;
    this.#nextAt = performance.now() + this.#options.pauseMs;
    try {
      const summary = await this.#options.summarize();
      for (const watcher of this.#present) watcher.notify('notesSummary', summary);
    } catch {
      // The store has said what failed.
      this.#isStale = true;
    }
    this.#timer = undefined;
    if (this.#isStale) this.touch();
  }
}
