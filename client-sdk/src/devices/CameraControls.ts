import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import {
  heldFeatures,
  inMode,
  mergeWanted,
  readCapabilities,
  readSettings,
  toConstraintSets,
  toImageCapture,
  withHeldValues,
  type CameraCapabilities,
  type CameraSettings,
  type HeldFeature,
  type ImageCaptureCapabilities,
  type ImageCaptureSettings,
} from './cameraFeatures.ts';

export type CameraControlsEvents = {
  /** Values have changed, or another device with other capabilities has taken over. */
  changed: [];
};

/**
 * White balance, exposure, focus, torch and zoom of a camera, as far as it and the browser have them: Chromium has most of it,
 * on many phones and some webcams; elsewhere `capabilities` is empty and nothing fails. What was set comes back when the same
 * device is opened again.
 */
export class CameraControls extends TypedEmitter<CameraControlsEvents> {
  #track: MediaStreamTrack;
  /** What was set, by device: a camera forgets it when it is closed. */
  readonly #wanted = new Map<string, ImageCaptureSettings>();
  /** One change after another, so that the last one holds. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @internal `track`: the device's own, before anything is done to its frames. */
  constructor(track: MediaStreamTrack) {
    super();
    this.#track = track;
    track.addEventListener('configurationchange', this.#tellChange);
  }

  /** Empty where there is nothing to adjust. */
  get capabilities(): CameraCapabilities {
    // Firefox has the method since version 132.
    const given = this.#track.getCapabilities?.() ?? {};
    return readCapabilities(given as ImageCaptureCapabilities);
  }

  /** Present values, of what the capabilities have. */
  get settings(): CameraSettings {
    return readSettings(this.#track.getSettings() as ImageCaptureSettings, this.capabilities);
  }

  /**
   * Changes what is named and leaves the rest. Numbers outside of the range become the nearest that is possible, and what
   * the camera does not have is left out. Manual mode without a value holds the present one. While the camera is released
   * (muted), it takes effect when it is opened again.
   * @throws ChaxiError badRequest for what is no number, cameraSettingRefused
   */
  async set(change: CameraSettings): Promise<void> {
    const flat = toImageCapture(change, this.capabilities);
    const notFinite = Object.entries(flat).find(([, value]) => typeof value === 'number' && !Number.isFinite(value));
    if (notFinite) throw new ChaxiError('badRequest', { path: notFinite[0] });
    const device = this.#device;
    await this.#inTurn(() => this.#apply(device, mergeWanted(this.#wantedOf(device), flat)));
  }

  /**
   * Holds white balance, exposure and focus as they are at this moment, or one or two of them, so far as the camera can.
   * @throws ChaxiError as `set`
   */
  lock(features: readonly HeldFeature[] = heldFeatures): Promise<void> {
    return this.set(inMode('manual', features, this.capabilities));
  }

  /** Lets the camera choose them by itself again. @throws ChaxiError as `set` */
  unlock(features: readonly HeldFeature[] = heldFeatures): Promise<void> {
    return this.set(inMode('continuous', features, this.capabilities));
  }

  /** @internal Another track of this or another device has taken the place of the one before. Never rejects. */
  async adopt(track: MediaStreamTrack): Promise<void> {
    this.#track.removeEventListener('configurationchange', this.#tellChange);
    this.#track = track;
    track.addEventListener('configurationchange', this.#tellChange);
    const device = this.#device;
    await this.#inTurn(() => this.#apply(device, this.#wantedOf(device))).catch(() => {
      this.#wanted.delete(device);
      this.emit('changed');
    });
  }

  get #device(): string {
    return this.#track.getSettings().deviceId ?? '';
  }

  #wantedOf(device: string): ImageCaptureSettings {
    return this.#wanted.get(device) ?? {};
  }

  async #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(step);
    this.#queue = turn.catch(() => undefined);
    await turn;
  }

  /** Everything that is wanted at once: constraints replace those before them. A device that is gone gets it when it is back. */
  async #apply(device: string, wanted: ImageCaptureSettings): Promise<void> {
    const advanced = toConstraintSets(wanted) as MediaTrackConstraintSet[];
    const track = this.#track;
    let complete = wanted;
    if (advanced.length > 0 && track.readyState === 'live' && device === this.#device) {
      try {
        await track.applyConstraints({ advanced });
        // Only now it stands still, and tells where.
        if (track === this.#track) complete = withHeldValues(wanted, toImageCapture(this.settings, this.capabilities));
      } catch (error) {
        // A track that ended meanwhile is replaced by one that gets the same.
        if (track.readyState === 'live') throw new ChaxiError('cameraSettingRefused', { cause: error });
      }
    }
    this.#wanted.set(device, complete);
    this.emit('changed');
  }

  readonly #tellChange = (): void => this.emit('changed');
}
