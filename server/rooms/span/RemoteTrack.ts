import type { types } from 'mediasoup';
import type { Source } from '../../../protocol/grants.ts';
import type { TrackInfo } from '../../../protocol/participants.ts';
import type { VideoSize } from '../../../protocol/signaling.ts';
import type { OpenTrack } from '../../media/MediaSession.ts';
import type { NodeCopy } from '../../media/pipes/NodeCopy.ts';
import type { RoomRouter } from '../../media/RoomRouter.ts';
import type { CopyLease } from '../../media/SharedCopies.ts';
import type { PublishedTrack } from '../PublishedTrack.ts';
import type { MemberState } from './memberState.ts';

export interface RemoteTrackOptions {
  info: TrackInfo;
  media: MemberState['media'][number];
  /** Brings it to this node, onto this router where it is not here yet. */
  acquire: (from: { producerId: string; routerId: string }, router: RoomRouter) => Promise<CopyLease<NodeCopy>>;
}

/** What a participant of another node publishes. It comes to this node when someone here wants it first, and goes with the last one. */
export class RemoteTrack implements PublishedTrack {
  readonly producerId: string;
  readonly kind: types.MediaKind;
  readonly source: Source;
  readonly remote = true;
  readonly spatialLayers: number;
  readonly keyFrames = undefined;
  /** Nothing is asked for from here as long as nobody watches. */
  layersWanted = 0;
  size: VideoSize | undefined;
  readonly #acquire: RemoteTrackOptions['acquire'];
  readonly #routerId: string;
  #paused: boolean;
  #copy: NodeCopy | undefined;
  /** What the copy was asked for last; it follows as soon as its worker has answered. */
  #copyPaused = false;
  #closed = false;
  readonly #closeListeners: (() => void)[] = [];

  constructor({ info, media, acquire }: RemoteTrackOptions) {
    this.producerId = info.producerId;
    this.kind = info.kind;
    this.source = info.source;
    this.#paused = info.paused;
    this.size = media.size;
    this.spatialLayers = media.spatialLayers;
    this.#routerId = media.routerId;
    this.#acquire = acquire;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** As its publisher has it. */
  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#followPause();
  }

  onClosed(callback: () => void): void {
    this.#closeListeners.push(callback);
  }

  async openOn(router: RoomRouter): Promise<OpenTrack> {
    const entry = await this.#acquire({ producerId: this.producerId, routerId: this.#routerId }, router);
    const { producer: origin } = entry.copy;
    if (this.#copy !== entry.copy) {
      this.#copy = entry.copy;
      this.#copyPaused = origin.paused;
    }
    this.#followPause();
    const begin = () => entry.copy.flow();
    if (entry.copy.router === router) return { producer: origin, origin, begin, release: entry.release };
    try {
      const pipe = await router.pipeFrom(entry.copy.router, origin);
      const release = () => {
        pipe.release();
        entry.release();
      };
      return { producer: pipe.copy, origin, begin, release };
    } catch (error) {
      entry.release();
      throw error;
    }
  }

  /** It is published no more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#copy?.close();
    for (const listener of this.#closeListeners.splice(0)) listener();
  }

  #followPause(): void {
    const { producer } = this.#copy ?? {};
    if (!producer || producer.closed || this.#copyPaused === this.#paused) return;
    this.#copyPaused = this.#paused;
    // One that ends meanwhile need not follow.
    (this.#paused ? producer.pause() : producer.resume()).catch(() => {});
  }
}
