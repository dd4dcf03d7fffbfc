import {
  type CameraCapabilities,
  type CameraControls,
  type CameraSettings,
  type ErrorCode,
  type HeldFeature,
  type LocalTrack,
} from '../../../client-sdk/src/index.ts';
import { loadCameraMemory, saveCameraMemory, type CameraMemory } from './cameraMemory.ts';
import type { CaptureSlot } from './CaptureSlot.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { mergeSettings } from './mergeSettings.ts';
import { Observable } from './observable.ts';

/** What colours depend on. Not the focus: the cup stands nearer or farther than the card. */
const colorFeatures: readonly HeldFeature[] = ['whiteBalance', 'exposure'];
const heldFeatures: readonly HeldFeature[] = [...colorFeatures, 'focus'];

/** One's own camera over the cup and what can be adjusted of it. What a person chose is remembered by device. */
export class CupCamera extends Observable {
  readonly #slot: CaptureSlot;
  #track: LocalTrack | undefined;
  #deviceId = '';
  #memory: CameraMemory = {};
  /** Changes that the camera has not taken yet: a slider gives more values than a camera takes. */
  #pending: CameraSettings | null = null;
  #error: ErrorCode | null = null;

  constructor(slot: CaptureSlot) {
    super();
    this.#slot = slot;
    slot.subscribe(this.#follow);
  }

  /** What is published, also while it is muted. */
  get track(): LocalTrack | undefined {
    return this.#track;
  }

  /** Sends a picture now. */
  get on(): boolean {
    return this.#track?.muted === false;
  }

  get deviceId(): string {
    return this.#deviceId;
  }

  get memory(): CameraMemory {
    return this.#memory;
  }

  get capabilities(): CameraCapabilities {
    return this.#controls?.capabilities ?? {};
  }

  /** Present values, and those on their way. */
  get settings(): CameraSettings {
    return mergeSettings(this.#controls?.settings ?? {}, this.#pending ?? {});
  }

  /** Why the camera did not take the last change. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  /** Changes the camera, now and whenever it is opened again. */
  async set(change: CameraSettings): Promise<void> {
    this.#error = null;
    const sending = this.#pending !== null;
    this.#pending = mergeSettings(this.#pending ?? {}, change);
    this.changed();
    if (sending) return;
    let sent: CameraSettings | null;
    do {
      sent = this.#pending;
      await this.#send(sent);
    } while (this.#pending !== null && this.#pending !== sent);
    this.#pending = null;
    this.changed();
  }

  /** Keeps something of this device for the next visit. */
  remember(change: CameraMemory): void {
    this.#memory = { ...this.#memory, ...change };
    saveCameraMemory(this.#deviceId, change);
    this.changed();
  }

  /** From now on the colours stand still, so far as the camera can. @returns what is held, and how */
  async hold(): Promise<CameraSettings> {
    await this.#controls?.lock(colorFeatures);
    return this.#held(colorFeatures);
  }

  /** Back to what the person chose, and else to what the camera chooses. */
  async free(): Promise<void> {
    await this.#controls?.unlock(colorFeatures);
    await this.#controls?.set(this.#memory.settings ?? {});
  }

  /** For a while: it is not remembered. @throws ChaxiError cameraSettingRefused */
  async take(settings: CameraSettings): Promise<void> {
    await this.#controls?.set(settings);
  }

  get #controls(): CameraControls | null {
    return this.#track?.cameraControls ?? null;
  }

  /** Those of the features that the camera does not choose by itself, with their values. */
  #held(features: readonly HeldFeature[]): CameraSettings {
    const settings = this.#controls?.settings ?? {};
    const held = features.filter((feature) => settings[feature]?.mode === 'manual');
    return Object.fromEntries(held.map((feature) => [feature, settings[feature]]));
  }

  async #send(change: CameraSettings): Promise<void> {
    const deviceId = this.#deviceId;
    try {
      await this.#controls?.set(change);
      if (deviceId !== this.#deviceId) return;
      const held = this.#held(heldFeatures.filter((feature) => change[feature]?.mode === 'manual'));
      this.remember({ settings: mergeSettings(this.#memory.settings ?? {}, mergeSettings(change, held)) });
    } catch (error) {
      if (deviceId === this.#deviceId) this.#error = errorCodeOf(error);
    }
  }

  /** Another publication, or another device in the same one. */
  readonly #follow = (): void => {
    const track = this.#slot.published;
    const deviceId = track?.deviceId ?? '';
    if (track !== this.#track) {
      this.#controls?.off('changed', this.#follow);
      this.#track = track;
      this.#controls?.on('changed', this.#follow);
      this.#deviceId = '';
    }
    if (deviceId !== this.#deviceId) {
      this.#deviceId = deviceId;
      // What was on its way was meant for the other one.
      this.#pending = null;
      this.#error = null;
      this.#memory = loadCameraMemory(deviceId);
      // A camera that no longer takes what it took the last time works as it likes; that is no news.
      if (this.#memory.settings) this.#controls?.set(this.#memory.settings).catch(() => undefined);
    }
    this.changed();
  };
}
