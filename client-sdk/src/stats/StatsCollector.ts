import type { MediaTransport } from '../media/MediaTransport.ts';
import type { Publication } from '../media/Publication.ts';
import type { Subscription } from '../media/Subscription.ts';
import type { LocalTrackStats, RemoteTrackStats, RoomStats, TransportStats } from './RoomStats.ts';
import { StatsReader, type StatsEntry } from './statsReader.ts';
import { summarizeLocalTrack, summarizeRemoteTrack, summarizeTransport } from './summarizeStats.ts';

export interface StatsSources {
  send: MediaTransport | null;
  recv: MediaTransport | null;
  publications: Iterable<Publication>;
  subscriptions: Iterable<Subscription>;
}

interface Measurable {
  readonly closed: boolean;
  getStats(): Promise<RTCStatsReport>;
}

/** Reads the browser's statistics, and remembers the reading before. */
export class StatsCollector {
  readonly #before = new WeakMap<Measurable, ReadonlyMap<string, StatsEntry>>();

  async collect({ send, recv, publications, subscriptions }: StatsSources): Promise<RoomStats> {
    const [sendStats, recvStats, local, remote] = await Promise.all([
      this.#transport(send),
      this.#transport(recv),
      Promise.all([...publications].map((publication) => this.#local(publication))),
      Promise.all([...subscriptions].map((subscription) => this.#remote(subscription))),
    ]);
    return { send: sendStats, recv: recvStats, local: local.flat(), remote: remote.flat() };
  }

  async #transport(transport: MediaTransport | null): Promise<TransportStats | null> {
    const reader = transport && (await this.#read(transport.transport));
    return reader ? { state: transport.state, ...summarizeTransport(reader) } : null;
  }

  async #local({ producer, track }: Publication): Promise<LocalTrackStats[]> {
    const reader = producer && (await this.#read(producer));
    return reader ? [{ source: track.source, kind: track.kind, ...summarizeLocalTrack(reader) }] : [];
  }

  async #remote({ consumer, info }: Subscription): Promise<RemoteTrackStats[]> {
    const reader = consumer && (await this.#read(consumer));
    const { participantId, source, kind } = info;
    return reader ? [{ participantId, source, kind, ...summarizeRemoteTrack(reader) }] : [];
  }

  /** Null for what was closed meanwhile. */
  async #read(source: Measurable): Promise<StatsReader | null> {
    if (source.closed) return null;
    try {
      const entries = new Map<string, StatsEntry>();
      (await source.getStats()).forEach((entry: StatsEntry) => entries.set(entry.id, entry));
      const reader = new StatsReader(entries, this.#before.get(source) ?? new Map());
      this.#before.set(source, entries);
      return reader;
    } catch (error) {
      if (source.closed) return null;
      throw error;
    }
  }
}
