import type { Source } from '../../../protocol/grants.ts';
import type { VideoCodecName } from '../../../protocol/mediaCodecs.ts';

/**
 * What a video is for. `tea`: the colours arrive as the camera gives them, whatever the codec, and the picture keeps its size
 * and sharpness where the link is weak. `standard`: a person, who may lose some of both.
 */
export type CaptureProfile = 'standard' | 'tea';

/** Which camera, and how large. The camera may give less. */
export interface CameraCaptureOptions {
  deviceId?: string;
  /** On phones: `user` faces the person, `environment` the table. Ignored beside a deviceId. */
  facingMode?: 'user' | 'environment';
  /** Pixels. Default 1280. */
  width?: number;
  /** Pixels. Default 720. */
  height?: number;
  /** Frames a second. Default 30. */
  frameRate?: number;
  /**
   * Also asks for the right to zoom; where the camera can, Chromium lets the user decide on that. Default: for the source
   * `teaCloseUp` when it is published.
   */
  zoom?: boolean;
}

export interface MicrophoneCaptureOptions {
  deviceId?: string;
  /** Default true. */
  echoCancellation?: boolean;
  /** Default true. Turn it off to let the pouring water be heard. */
  noiseSuppression?: boolean;
  /** Default true. */
  autoGainControl?: boolean;
}

export interface CameraOptions extends CameraCaptureOptions {
  /** Default `camera`. Both can be published at once. */
  source?: 'camera' | 'teaCloseUp';
  /** Default `tea` for the source `teaCloseUp`, else `standard`. */
  profile?: CaptureProfile;
  /** A track that is open already, e.g. of a preview. From then on it is the SDK's, as if the SDK had opened it. */
  mediaStreamTrack?: MediaStreamTrack;
  /** Default `vp8`. A codec that the browser or the server does not have falls back to the first of theirs. */
  codec?: VideoCodecName;
  /** Published muted: nothing is sent before `unmute()`. */
  muted?: boolean;
}

export interface MicrophoneOptions extends MicrophoneCaptureOptions {
  /** A track that is open already, e.g. of a preview. From then on it is the SDK's, as if the SDK had opened it. */
  mediaStreamTrack?: MediaStreamTrack;
  muted?: boolean;
}

export interface ScreenOptions {
  /** Also offers to share the sound of a tab or the system, where the browser can. Default true. */
  audio?: boolean;
  /** Frames a second. Default 15. */
  frameRate?: number;
  codec?: VideoCodecName;
}

/** For a MediaStreamTrack of one's own. */
export interface PublishOptions {
  source: Source;
  /** Of a video. Default `tea` for the source `teaCloseUp`, else `standard`. */
  profile?: CaptureProfile;
  codec?: VideoCodecName;
  /** More than one resolution at once, so that each receiver takes what it shows. Default: by size and codec. */
  simulcast?: boolean;
  /** Bits a second, of all layers together. Default: by source and size. */
  maxBitrateBps?: number;
  /** Stop the MediaStreamTrack when the publication ends. Default false: it is yours. */
  stopOnUnpublish?: boolean;
  muted?: boolean;
}
