import type { Source } from '../../../protocol/grants.ts';
import type { RemoteParticipant } from '../participants/RemoteParticipant.ts';
import type { AttachmentHooks } from './ElementAttachments.ts';
import { Track } from './Track.ts';

/** @internal What a remote track needs of whoever receives it. */
export interface RemoteTrackControls extends AttachmentHooks {
  setSubscribed(subscribed: boolean): void;
}

/** A track of someone else. */
export class RemoteTrack extends Track {
  override readonly participant: RemoteParticipant;
  /** @internal */
  readonly producerId: string;
  readonly #controls: RemoteTrackControls;
  #subscribed = true;

  /** @internal */
  constructor(options: {
    source: Source;
    producerId: string;
    participant: RemoteParticipant;
    mediaStreamTrack: MediaStreamTrack;
    controls: RemoteTrackControls;
  }) {
    super(options.source, options.mediaStreamTrack, { silent: false, hooks: options.controls });
    this.participant = options.participant;
    this.producerId = options.producerId;
    this.#controls = options.controls;
  }

  override get muted(): boolean {
    return this.participant.publishedTracks.get(this.source)?.paused ?? false;
  }

  /** False after `setSubscribed(false)`. */
  get subscribed(): boolean {
    return this.#subscribed;
  }

  /** Stops or continues to receive this track, whatever its elements show. */
  setSubscribed(subscribed: boolean): void {
    this.#subscribed = subscribed;
    this.#controls.setSubscribed(subscribed);
  }

  /** Loudness of the elements it plays in, 0 to 1. */
  setVolume(volume: number): void {
    for (const element of this.attachedElements) element.volume = Math.min(1, Math.max(0, volume));
  }

  /** @internal The same publication over a new consumer. */
  switchTo(mediaStreamTrack: MediaStreamTrack): void {
    this.setMediaStreamTrack(mediaStreamTrack);
  }
}
