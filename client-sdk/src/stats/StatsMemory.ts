import { entriesOf, StatsReader, type StatsEntry } from './statsReader.ts';

/** What has statistics: a transport, a producer or a consumer of mediasoup-client. */
export interface Measurable {
  readonly closed: boolean;
  getStats(): Promise<RTCStatsReport>;
}

/** Reads the browser's statistics, and remembers the reading before. */
export class StatsMemory {
  readonly #before = new WeakMap<Measurable, ReadonlyMap<string, StatsEntry>>();

  /** Null for what was closed meanwhile. */
  async read(source: Measurable): Promise<StatsReader | null> {
    if (source.closed) return null;
    try {
      const entries = entriesOf(await source.getStats());
      const reader = new StatsReader(entries, this.#before.get(source));
      this.#before.set(source, entries);
      return reader;
    } catch (error) {
      if (source.closed) return null;
      throw error;
    }
  }
}
