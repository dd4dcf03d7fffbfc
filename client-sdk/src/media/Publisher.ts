import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Source } from '../../../protocol/grants.ts';
import type { TrackInfo } from '../../../protocol/participants.ts';
import type { LayersWanted } from '../../../protocol/signaling.ts';
import type { LocalTrack } from '../tracks/LocalTrack.ts';
import type { PublishRequest } from '../participants/LocalParticipant.ts';
import { Publication } from './Publication.ts';
import type { PublicationContext } from './PublicationContext.ts';

export interface PublisherContext extends PublicationContext {
  /** `join()` has been called, so that publications will be sent. */
  readonly entering: boolean;
}

/** Everything that is published, one track a source. It outlives sessions: whatever comes back is published again. */
export class Publisher {
  readonly #context: PublisherContext;
  readonly #publications = new Map<Source, Publication>();
  readonly #opening = new Map<Source, { cancelled: boolean }>();
  readonly #tracks = new Map<Source, LocalTrack>();

  constructor(context: PublisherContext) {
    this.#context = context;
  }

  get tracks(): ReadonlyMap<Source, LocalTrack> {
    return this.#tracks;
  }

  get publications(): Iterable<Publication> {
    return this.#publications.values();
  }

  /** @throws ChaxiError sourceTaken, what opening the device throws, and what the server answers */
  async publish(request: PublishRequest): Promise<LocalTrack> {
    const { source, capture } = request;
    if (this.#publications.has(source) || this.#opening.has(source)) throw new ChaxiError('sourceTaken');
    const opening = { cancelled: false };
    this.#opening.set(source, opening);
    let mediaStreamTrack: MediaStreamTrack;
    try {
      mediaStreamTrack = capture.given ?? (await capture.open(capture.deviceId));
    } finally {
      if (this.#opening.get(source) === opening) this.#opening.delete(source);
    }
    if (opening.cancelled) {
      if (capture.owned) mediaStreamTrack.stop();
      throw new ChaxiError('invalidState', { message: 'The track was unpublished before it was sent.' });
    }
    const publication = new Publication({
      context: this.#context,
      request,
      mediaStreamTrack,
      onEnded: (ended) => void this.#forget(ended),
    });
    this.#publications.set(source, publication);
    this.#tracks.set(source, publication.track);
    void publication.sync();
    if (this.#context.entering) await publication.untilPublished();
    return publication.track;
  }

  async unpublish(source: Source): Promise<void> {
    const opening = this.#opening.get(source);
    if (opening) {
      opening.cancelled = true;
      this.#opening.delete(source);
    }
    const publication = this.#publications.get(source);
    if (publication) await this.#forget(publication);
  }

  /** Brings the server's producers and the publications together. */
  reconcile(serverTracks: readonly TrackInfo[], layersWanted: readonly LayersWanted[]): void {
    const publications = [...this.#publications.values()];
    const own = new Set(publications.map(({ producerId }) => producerId));
    const announced = new Set(publications.filter(({ announcing }) => announcing).map(({ track }) => track.source));
    for (const { producerId, source } of serverTracks) {
      // Its publication ended, or its announcement was not answered, while the socket was away. Sent before anything else,
      // so that the source is free again.
      if (!own.has(producerId) && !announced.has(source))
        this.#context.request('closeProducer', { producerId }).catch(() => undefined);
    }
    for (const publication of publications) {
      const { producerId } = publication;
      const wanted = layersWanted.find((item) => item.producerId === producerId);
      publication.reconcile(
        serverTracks.find((track) => track.producerId === producerId),
        wanted?.spatialLayers,
      );
    }
  }

  /** The transport or the stage of the session changed. */
  sync(): void {
    for (const publication of this.#publications.values()) void publication.sync();
  }

  /** What else is published, or opening, ends: it is not allowed any more. */
  keepOnly(sources: readonly Source[]): void {
    for (const source of [...this.#opening.keys(), ...this.#publications.keys()]) {
      if (!sources.includes(source)) void this.unpublish(source);
    }
  }

  /** A moderator muted an own track. */
  muted(producerId: string): void {
    for (const publication of this.#publications.values()) {
      if (publication.producerId === producerId) publication.mutedByServer();
    }
  }

  /** So much of an own video is watched now. */
  layersWanted({ producerId, spatialLayers }: LayersWanted): void {
    for (const publication of this.#publications.values()) {
      if (publication.producerId === producerId) publication.setLayersWanted(spatialLayers);
    }
  }

  /** As of Publication. */
  look(report: RTCStatsReport): void {
    for (const publication of this.#publications.values()) publication.look(report);
  }

  /** Ends every publication. */
  async closeAll(): Promise<void> {
    for (const opening of this.#opening.values()) opening.cancelled = true;
    this.#opening.clear();
    await Promise.all([...this.#publications.values()].map((publication) => this.#forget(publication)));
  }

  async #forget(publication: Publication): Promise<void> {
    const { source } = publication.track;
    if (this.#publications.get(source) === publication) {
      this.#publications.delete(source);
      this.#tracks.delete(source);
    }
    await publication.close();
  }
}
