import type { Source } from '../../../protocol/grants.ts';
import type { ParticipantInfo, TrackInfo } from '../../../protocol/participants.ts';
import type { RemoteTrack } from '../tracks/RemoteTrack.ts';
import { Participant } from './Participant.ts';

/** Someone else in the room. */
export class RemoteParticipant extends Participant {
  readonly isLocal = false;
  readonly #publishedTracks = new Map<Source, TrackInfo>();
  readonly #tracks = new Map<Source, RemoteTrack>();

  /** @internal Its tracks are added by `trackPublished`. */
  constructor(info: ParticipantInfo) {
    super(info);
  }

  /** What they publish, whether it is received or not. */
  get publishedTracks(): ReadonlyMap<Source, TrackInfo> {
    return this.#publishedTracks;
  }

  /** What is received of them. */
  get tracks(): ReadonlyMap<Source, RemoteTrack> {
    return this.#tracks;
  }

  /** @internal */
  setPublishedTrack(track: TrackInfo): void {
    this.#publishedTracks.set(track.source, track);
  }

  /** @internal */
  deletePublishedTrack(source: Source): void {
    this.#publishedTracks.delete(source);
  }

  /** @internal */
  setTrack(track: RemoteTrack): void {
    this.#tracks.set(track.source, track);
  }

  /** @internal */
  deleteTrack(track: RemoteTrack): void {
    if (this.#tracks.get(track.source) === track) this.#tracks.delete(track.source);
  }
}
