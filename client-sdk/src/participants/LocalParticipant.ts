import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { sourceKinds, type Source } from '../../../protocol/grants.ts';
import type { VideoCodecName } from '../../../protocol/mediaCodecs.ts';
import type { ParticipantInfo } from '../../../protocol/participants.ts';
import { givenCapture, type Capture } from '../devices/Capture.ts';
import type {
  CameraOptions,
  CaptureProfile,
  MicrophoneOptions,
  PublishOptions,
  ScreenOptions,
} from '../devices/captureOptions.ts';
import { openCamera, openMicrophone, openScreen } from '../devices/openDevice.ts';
import { LocalTrack } from '../tracks/LocalTrack.ts';
import { Participant } from './Participant.ts';

/** @internal One track to publish. */
export interface PublishRequest {
  source: Source;
  capture: Capture;
  profile?: CaptureProfile;
  muted?: boolean;
  codec?: VideoCodecName;
  simulcast?: boolean;
  maxBitrateBps?: number;
}

/** @internal What the local participant needs of the room. */
export interface LocalParticipantControls {
  readonly tracks: ReadonlyMap<Source, LocalTrack>;
  publish(request: PublishRequest): Promise<LocalTrack>;
  unpublish(source: Source): Promise<void>;
  setMetadata(metadata: string): Promise<void>;
}

/** Before the room is joined there is nothing to know of oneself. */
const unknown: ParticipantInfo = {
  participantId: '',
  identity: '',
  name: '',
  role: 'observer',
  metadata: '',
  joinedAt: 0,
  connection: 'connected',
  quality: 'unknown',
  qualityReason: null,
  tracks: [],
  asideWith: null,
};

/**
 * Oneself. Tracks can be published at any moment: before `join()` is called these calls resolve when the device is open,
 * and the track is published on entering; from then on they resolve when the track is published.
 */
export class LocalParticipant extends Participant {
  readonly isLocal = true;
  readonly #controls: LocalParticipantControls;

  /** @internal */
  constructor(controls: LocalParticipantControls) {
    super(unknown);
    this.#controls = controls;
  }

  override get tracks(): ReadonlyMap<Source, LocalTrack> {
    return this.#controls.tracks;
  }

  /**
   * Opens a camera and publishes it, as the person (`camera`) or the cup (`teaCloseUp`).
   * @throws ChaxiError cameraDenied, deviceNotFound, deviceInUse, insecureContext, browserUnsupported; sourceTaken,
   *   notAllowed, mediaNotSupported, limitReached from the server
   */
  publishCamera(options: CameraOptions = {}): Promise<LocalTrack> {
    const { source = 'camera', profile, codec, muted, deviceId, mediaStreamTrack: given, ...rest } = options;
    const open = (id?: string) => openCamera({ zoom: source === 'teaCloseUp', ...rest, deviceId: id });
    const capture: Capture = { given, deviceId, open, reopenable: true, owned: true };
    return this.#controls.publish({ source, profile, codec, muted, capture });
  }

  /** Opens a microphone and publishes it. @throws ChaxiError as `publishCamera`, with microphoneDenied */
  publishMicrophone(options: MicrophoneOptions = {}): Promise<LocalTrack> {
    const { muted, deviceId, mediaStreamTrack: given, ...rest } = options;
    const open = (id?: string) => openMicrophone({ ...rest, deviceId: id });
    const capture: Capture = { given, deviceId, open, reopenable: true, owned: true };
    return this.#controls.publish({ source: 'microphone', muted, capture });
  }

  /**
   * Asks for a screen, window or tab and publishes it: the video, and the sound where it is shared. To be called in a click
   * handler. When the user ends the sharing in the browser, it is unpublished.
   * @throws ChaxiError screenDenied, and as `publishCamera`
   */
  async publishScreen(options: ScreenOptions = {}): Promise<LocalTrack[]> {
    if (this.tracks.has('screen')) throw new ChaxiError('sourceTaken');
    const { video, audio } = await openScreen(options);
    const published = [
      this.#controls.publish({ source: 'screen', codec: options.codec, capture: givenCapture(video, true) }),
      ...(audio ? [this.#controls.publish({ source: 'screenAudio', capture: givenCapture(audio, true) })] : []),
    ];
    try {
      return await Promise.all(published);
    } catch (error) {
      await Promise.all([this.unpublish('screen'), this.unpublish('screenAudio')]);
      throw error;
    }
  }

  /** Publishes a MediaStreamTrack of one's own: a canvas, a file, a camera with filters. @throws as `publishCamera` */
  async publish(track: MediaStreamTrack, options: PublishOptions): Promise<LocalTrack> {
    if (sourceKinds[options.source] !== track.kind) {
      throw new ChaxiError('badRequest', {
        message: `The source ${options.source} takes ${sourceKinds[options.source]}, and this track is ${track.kind}.`,
        path: 'source',
      });
    }
    const { stopOnUnpublish = false, ...rest } = options;
    return this.#controls.publish({ ...rest, capture: givenCapture(track, stopOnUnpublish) });
  }

  /** Ends a publication; does nothing where there is none. The screen takes its sound with it. */
  async unpublish(track: LocalTrack | Source): Promise<void> {
    const source = track instanceof LocalTrack ? track.source : track;
    if (track instanceof LocalTrack && this.tracks.get(source) !== track) return;
    await Promise.all([
      this.#controls.unpublish(source),
      source === 'screen' ? this.#controls.unpublish('screenAudio') : undefined,
    ]);
  }

  /** Replaces the own metadata, which everyone sees; at most 4096 characters. */
  setMetadata(metadata: string): Promise<void> {
    return this.#controls.setMetadata(metadata);
  }
}
