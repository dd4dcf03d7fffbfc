import type { Source } from '../../../protocol/grants.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import type { AttachmentHooks } from './ElementAttachments.ts';
import { Track } from './Track.ts';

/** @internal What a local track needs of whoever publishes it. */
export interface LocalTrackControls extends AttachmentHooks {
  readonly deviceId: string | undefined;
  setMuted(muted: boolean): Promise<void>;
  /** Opens this device, or the same again, and publishes it in place of the present track. */
  openDevice(deviceId: string | undefined): Promise<void>;
  replaceTrack(mediaStreamTrack: MediaStreamTrack): Promise<void>;
}

/** A track of one's own. */
export class LocalTrack extends Track {
  override readonly participant: LocalParticipant;
  readonly #controls: LocalTrackControls;
  #muted: boolean;

  /** @internal */
  constructor(options: {
    source: Source;
    participant: LocalParticipant;
    mediaStreamTrack: MediaStreamTrack;
    muted: boolean;
    controls: LocalTrackControls;
  }) {
    super(options.source, options.mediaStreamTrack, { silent: true, hooks: options.controls });
    this.participant = options.participant;
    this.#muted = options.muted;
    this.#controls = options.controls;
  }

  override get muted(): boolean {
    return this.#muted;
  }

  /** The device it comes from, where it comes from one. */
  get deviceId(): string | undefined {
    return this.#controls.deviceId;
  }

  /**
   * Sends nothing any more, at once. A muted camera is also released, so that its light goes off; a microphone stays
   * open, so that it is back without delay.
   */
  mute(): Promise<void> {
    return this.#controls.setMuted(true);
  }

  /** @throws ChaxiError cameraDenied, deviceNotFound, deviceInUse: the camera can not be opened again; it stays muted */
  unmute(): Promise<void> {
    return this.#controls.setMuted(false);
  }

  /** Goes over to another camera or microphone without a gap in the publication. @throws ChaxiError as `publishCamera` */
  switchDevice(deviceId: string): Promise<void> {
    return this.#controls.openDevice(deviceId);
  }

  /** Publishes another MediaStreamTrack of the same kind in its place. The one before is stopped if the SDK opened it. */
  replaceTrack(mediaStreamTrack: MediaStreamTrack): Promise<void> {
    return this.#controls.replaceTrack(mediaStreamTrack);
  }

  /** Opens the same device anew, e.g. after the system had taken it away. @throws ChaxiError as `publishCamera` */
  restart(): Promise<void> {
    return this.#controls.openDevice(this.deviceId);
  }

  /** @internal */
  switchTo(mediaStreamTrack: MediaStreamTrack): void {
    this.setMediaStreamTrack(mediaStreamTrack);
  }

  /** @internal */
  markMuted(muted: boolean): void {
    this.#muted = muted;
  }
}
