import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { VideoCodecName } from '../../../protocol/mediaCodecs.ts';
import type { ColorCorrection } from '../color/ColorCorrection.ts';
import type { Picture } from '../color/Picture.ts';
import { ColorPath } from '../color/pipeline/ColorPath.ts';
import { CameraControls } from '../devices/CameraControls.ts';
import type { Capture } from '../devices/Capture.ts';
import type { CaptureProfile } from '../devices/captureOptions.ts';
import { grabFrame } from '../devices/grabFrame.ts';
import { takeStill, type CapturedStill } from '../devices/takeStill.ts';
import type { Logger } from '../Logger.ts';
import type { TrackCapture } from '../tracks/LocalTrack.ts';
import { LocalCapture } from './LocalCapture.ts';

export interface PublishedCaptureOptions {
  capture: Capture;
  mediaStreamTrack: MediaStreamTrack;
  profile: CaptureProfile;
  codec: VideoCodecName;
  logger: Logger;
  /** There is another track to publish, or another device behind it. */
  changed: (output: MediaStreamTrack) => void;
  /** As of LocalCapture. */
  lost: (error: ChaxiError | null) => void;
  /** As of ColorPath. */
  correctionFailed: (error: ChaxiError) => void;
}

/** A capture on its way to being published: the device, its controls, and the colours of its frames. */
export class PublishedCapture implements TrackCapture {
  readonly cameraControls: CameraControls | null;
  readonly #capture: LocalCapture;
  readonly #color: ColorPath;

  constructor(options: PublishedCaptureOptions) {
    const { capture, mediaStreamTrack, profile, codec, logger, changed, lost, correctionFailed } = options;
    this.#capture = new LocalCapture(capture, mediaStreamTrack, {
      trackChanged: (track) => {
        void this.cameraControls?.adopt(track);
        this.#color.setSource(track);
        changed(this.#color.output);
      },
      lost,
    });
    this.#color = new ColorPath({ source: mediaStreamTrack, profile, codec, logger, changed, correctionFailed });
    const isCamera = capture.reopenable && mediaStreamTrack.kind === 'video';
    this.cameraControls = isCamera ? new CameraControls(mediaStreamTrack) : null;
  }

  /** What is to be published. While the device is gone it may be a track without frames. */
  get output(): MediaStreamTrack {
    return this.#color.output;
  }

  /** There is a device, or whatever else, behind it. */
  get live(): boolean {
    return this.#capture.track.readyState === 'live';
  }

  get size(): LocalCapture['size'] {
    return this.#capture.size;
  }

  get muted(): boolean {
    return this.#capture.muted;
  }

  get profile(): CaptureProfile {
    return this.#color.profile;
  }

  /** With which it is sent: the colours have to fit it. */
  setCodec(codec: VideoCodecName): void {
    this.#color.setCodec(codec);
  }

  mute(): void {
    this.#capture.mute();
    this.#color.setPaused(true);
  }

  /** @throws ChaxiError as LocalCapture */
  async unmute(): Promise<void> {
    await this.#capture.unmute();
    this.#color.setPaused(this.#capture.muted);
  }

  close(): void {
    this.#capture.close();
    this.#color.close();
  }

  get deviceId(): string | undefined {
    return this.#capture.deviceId;
  }

  openDevice(deviceId: string | undefined): Promise<void> {
    return this.#capture.openDevice(deviceId);
  }

  replaceTrack(mediaStreamTrack: MediaStreamTrack): Promise<void> {
    return this.#capture.replace(mediaStreamTrack);
  }

  get colorCorrection(): ColorCorrection | null {
    return this.#color.correction;
  }

  setColorCorrection(correction: ColorCorrection | null): Promise<void> {
    return this.#color.setCorrection(correction);
  }

  async captureFrame(): Promise<Picture> {
    return grabFrame(this.#visibleTrack());
  }

  async captureStill(): Promise<CapturedStill> {
    return takeStill(this.#visibleTrack(), this.#color.correction);
  }

  /** The camera's own. @throws ChaxiError cameraUnavailable, invalidState of what has no picture */
  #visibleTrack(): MediaStreamTrack {
    const { track, muted } = this.#capture;
    if (track.kind === 'audio') throw new ChaxiError('invalidState', { message: 'Sound has no picture.' });
    if (muted || track.readyState === 'ended') throw new ChaxiError('cameraUnavailable');
    return track;
  }
}
