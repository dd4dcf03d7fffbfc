/** The fields of a W3C webrtc-stats object that are read here; browsers leave out what they do not have. */
export interface StatsEntry {
  id: string;
  type: string;
  timestamp: number;
  [field: string]: unknown;
}

/** One reading of a connection or a track, and the reading before, for rates. */
export class StatsReader {
  readonly #entries: ReadonlyMap<string, StatsEntry>;
  readonly #before: ReadonlyMap<string, StatsEntry>;

  constructor(entries: ReadonlyMap<string, StatsEntry>, before: ReadonlyMap<string, StatsEntry> = new Map()) {
    this.#entries = entries;
    this.#before = before;
  }

  all(type: string): StatsEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.type === type);
  }

  byId(id: unknown): StatsEntry | undefined {
    return typeof id === 'string' ? this.#entries.get(id) : undefined;
  }

  /** How much a counter has grown since the reading before, or since the beginning. */
  growth(entry: StatsEntry, field: string): number {
    const before = this.#before.get(entry.id);
    return (numberOf(entry, field) ?? 0) - ((before && numberOf(before, field)) ?? 0);
  }

  /** The same of a counter of several, together. */
  growthOf(entries: readonly StatsEntry[], field: string): number {
    return entries.reduce((sum, entry) => sum + this.growth(entry, field), 0);
  }

  /** The same of a counter that stands within an object, e.g. `qualityLimitationDurations`. */
  growthIn(entry: StatsEntry, object: string, field: string): number {
    const count = (of: StatsEntry | undefined) => numberOf(of?.[object] as StatsEntry | undefined, field) ?? 0;
    return count(entry) - count(this.#before.get(entry.id));
  }

  /** Milliseconds since the reading before; 0 where there was none. */
  intervalMs(entry: StatsEntry): number {
    const before = this.#before.get(entry.id);
    return before ? entry.timestamp - before.timestamp : 0;
  }

  /** Bits a second of a counter of bytes; 0 at the first reading, which has no interval. */
  bitrateBps(entry: StatsEntry, field: string): number {
    const intervalMs = this.intervalMs(entry);
    return intervalMs > 0 ? Math.round((this.growth(entry, field) * 8_000) / intervalMs) : 0;
  }
}

/** What `getStats()` gives, by id. */
export function entriesOf(report: RTCStatsReport): Map<string, StatsEntry> {
  const entries = new Map<string, StatsEntry>();
  report.forEach((entry: StatsEntry, id: string) => entries.set(id, entry));
  return entries;
}

export function numberOf(entry: StatsEntry | undefined, field: string): number | undefined {
  const value = entry?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function textOf(entry: StatsEntry | undefined, field: string): string | undefined {
  const value = entry?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** webrtc-stats counts in seconds. */
export function millisecondsOf(entry: StatsEntry | undefined, field: string): number | undefined {
  const seconds = numberOf(entry, field);
  return seconds === undefined ? undefined : seconds * 1_000;
}
