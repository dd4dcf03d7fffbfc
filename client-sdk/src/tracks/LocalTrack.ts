import type { Source } from '../../../protocol/grants.ts';
import type { ColorCorrection } from '../color/ColorCorrection.ts';
import type { Picture } from '../color/Picture.ts';
import type { CameraControls } from '../devices/CameraControls.ts';
import type { CaptureProfile } from '../devices/captureOptions.ts';
import type { CapturedStill } from '../devices/takeStill.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import type { AttachmentHooks } from './ElementAttachments.ts';
import { Track } from './Track.ts';

/** @internal The device or whatever else is behind a track, and what is done to its frames. */
export interface TrackCapture {
  readonly deviceId: string | undefined;
  readonly profile: CaptureProfile;
  readonly cameraControls: CameraControls | null;
  readonly colorCorrection: ColorCorrection | null;
  /** Opens this device, or the same again, and publishes it in place of the present track. */
  openDevice(deviceId: string | undefined): Promise<void>;
  replaceTrack(mediaStreamTrack: MediaStreamTrack): Promise<void>;
  setColorCorrection(correction: ColorCorrection | null): Promise<void>;
  captureFrame(): Promise<Picture>;
  captureStill(): Promise<CapturedStill>;
}

/** @internal What a local track needs of whoever publishes it. */
export interface LocalTrackControls extends AttachmentHooks {
  readonly capture: TrackCapture;
  setMuted(muted: boolean): Promise<void>;
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
    return this.#controls.capture.deviceId;
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
    return this.#controls.capture.openDevice(deviceId);
  }

  /** Publishes another MediaStreamTrack of the same kind in its place. The one before is stopped if the SDK opened it. */
  replaceTrack(mediaStreamTrack: MediaStreamTrack): Promise<void> {
    return this.#controls.capture.replaceTrack(mediaStreamTrack);
  }

  /** Opens the same device anew, e.g. after the system had taken it away. @throws ChaxiError as `publishCamera` */
  restart(): Promise<void> {
    return this.#controls.capture.openDevice(this.deviceId);
  }

  /** What the encoding is for: a person, or the colours of tea. */
  get profile(): CaptureProfile {
    return this.#controls.capture.profile;
  }

  /** What is applied to each frame before it is sent; null where nothing is. */
  get colorCorrection(): ColorCorrection | null {
    return this.#controls.capture.colorCorrection;
  }

  /** White balance, exposure, focus and more, as far as the camera has them; null for what is no camera. */
  get cameraControls(): CameraControls | null {
    return this.#controls.capture.cameraControls;
  }

  /**
   * Corrects the colours of everything that is sent, or of nothing any more; resolves when it holds for the next frame. It
   * stays when the track is muted, switched to another device or replaced.
   * @throws ChaxiError badRequest for numbers that no camera needs, browserUnsupported where frames can not be processed
   */
  setColorCorrection(correction: ColorCorrection | null): Promise<void> {
    return this.#controls.capture.setColorCorrection(correction);
  }

  /**
   * The latest frame as the camera gives it: in full size and without the correction.
   * @throws ChaxiError cameraUnavailable while muted or where no frame comes
   */
  captureFrame(): Promise<Picture> {
    return this.#controls.capture.captureFrame();
  }

  /**
   * A photograph at the camera's full resolution where the browser can take one, else the frame of the video; corrected as
   * the track is.
   * @throws ChaxiError cameraUnavailable while muted or where no frame comes
   */
  captureStill(): Promise<CapturedStill> {
    return this.#controls.capture.captureStill();
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
