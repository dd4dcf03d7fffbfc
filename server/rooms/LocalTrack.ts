import type { types } from 'mediasoup';
import type { Source } from '../../protocol/grants.ts';
import type { VideoSize } from '../../protocol/signaling.ts';
import type { OpenTrack } from '../media/MediaSession.ts';
import type { RoomRouter } from '../media/RoomRouter.ts';
import { spatialLayers } from '../media/spatialLayers.ts';
import { unlessGone } from '../media/unlessGone.ts';
import type { PublishedTrack } from './PublishedTrack.ts';

/** What a participant of this node publishes: a producer on one of its routers. */
export class LocalTrack implements PublishedTrack {
  readonly producer: types.Producer;
  readonly router: RoomRouter;
  readonly source: Source;
  readonly remote = false;
  readonly spatialLayers: number;
  size: VideoSize | undefined;
  layersWanted: number;
  #paused: boolean;

  constructor(options: {
    producer: types.Producer;
    router: RoomRouter;
    source: Source;
    paused: boolean;
    size: VideoSize | undefined;
  }) {
    this.producer = options.producer;
    this.router = options.router;
    this.source = options.source;
    this.size = options.size;
    this.#paused = options.paused;
    this.spatialLayers = spatialLayers(options.producer.rtpParameters);
    this.layersWanted = this.spatialLayers;
  }

  get producerId(): string {
    return this.producer.id;
  }

  get kind(): types.MediaKind {
    return this.producer.kind;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  get keyFrames(): PublishedTrack['keyFrames'] {
    const { producer, router } = this;
    return { prepare: () => router.keyFrames.prepare(producer), ask: () => router.keyFrames.ask(producer) };
  }

  /** A worker answers in the order of asking, so the last request holds. @throws producerNotFound */
  async setPaused(paused: boolean): Promise<void> {
    this.#paused = paused;
    await unlessGone(paused ? this.producer.pause() : this.producer.resume(), 'producerNotFound');
  }

  onClosed(callback: () => void): void {
    this.producer.observer.once('close', callback);
  }

  async openOn(router: RoomRouter): Promise<OpenTrack> {
    const { producer } = this;
    if (router === this.router) return { producer, origin: producer, begin: () => {}, release: () => {} };
    const { copy, release } = await router.pipeFrom(this.router, producer);
    return { producer: copy, origin: producer, begin: () => {}, release };
  }

  close(): void {
    this.producer.close();
  }
}
