import type { MediaTransport } from '../media/MediaTransport.ts';
import type { Publication } from '../media/Publication.ts';
import type { Subscription } from '../media/Subscription.ts';
import type { LocalTrackStats, RemoteTrackStats, RoomStats, TransportStats } from './RoomStats.ts';
import { StatsMemory } from './StatsMemory.ts';
import { summarizeLocalTrack, summarizeRemoteTrack, summarizeTransport } from './summarizeStats.ts';

export interface StatsSources {
  send: MediaTransport | null;
  recv: MediaTransport | null;
  publications: Iterable<Publication>;
  subscriptions: Iterable<Subscription>;
}

/** The statistics of a room, track by track. */
export class StatsCollector {
  readonly #memory = new StatsMemory();

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
    const reader = transport && (await this.#memory.read(transport.transport));
    return reader ? { state: transport.state, ...summarizeTransport(reader) } : null;
  }

  async #local({ producer, track }: Publication): Promise<LocalTrackStats[]> {
    const reader = producer && (await this.#memory.read(producer));
    return reader ? [{ source: track.source, kind: track.kind, ...summarizeLocalTrack(reader) }] : [];
  }

  async #remote({ consumer, info }: Subscription): Promise<RemoteTrackStats[]> {
    const reader = consumer && (await this.#memory.read(consumer));
    const { participantId, source, kind } = info;
    return reader ? [{ participantId, source, kind, ...summarizeRemoteTrack(reader) }] : [];
  }
}
