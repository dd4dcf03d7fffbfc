import type { CardReading, Picture } from '../../../client-sdk/src/color/index.ts';
import {
  canCorrectColors,
  ChaxiError,
  type CameraSettings,
  type ErrorCode,
  type LocalTrack,
} from '../../../client-sdk/src/index.ts';
import type { MeasuredCorrection } from './cameraMemory.ts';
import { CardReader } from './CardReader.ts';
import { ColorMeasurement } from './ColorMeasurement.ts';
import type { CupCamera } from './CupCamera.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { Observable } from './observable.ts';

/** The colours of one's own camera over the cup: measured with a card, corrected, compared. */
export class CupColor extends Observable {
  readonly measurement: ColorMeasurement;
  readonly #camera: CupCamera;
  readonly #reader: CardReader;
  #track: LocalTrack | undefined;
  #deviceId = '';
  /** How the camera is held for the present measurement. */
  #held: CameraSettings = {};
  #applied: MeasuredCorrection | null = null;
  #comparing = false;
  /** Frames are on their way to be shown. */
  #showing = false;
  #uncorrected: Picture | null = null;
  #error: ErrorCode | null = null;

  /** `server`: where the pages of this room come from. */
  constructor(camera: CupCamera, server: string, pause = pauseFor) {
    super();
    this.#camera = camera;
    this.#reader = new CardReader(server);
    this.measurement = new ColorMeasurement({
      capture: () => this.#capture(),
      read: (picture) => this.#reader.read(picture),
      hold: async () => {
        this.#held = await camera.hold();
      },
      free: () => camera.free(),
      // What is applied holds for the camera as it stood then.
      restore: () => (this.#applied ? camera.take(this.#applied.camera) : camera.free()),
      rest: () => this.#reader.close(),
      pause,
    });
    camera.subscribe(this.#follow);
    this.measurement.subscribe(() => this.changed());
  }

  /** Whether this browser can correct what it sends. */
  readonly supported = canCorrectColors();

  /** What is applied to the picture that everyone sees. */
  get applied(): MeasuredCorrection | null {
    return this.#applied;
  }

  /** The camera no longer stands as it did when this was measured. */
  get outdated(): boolean {
    if (!this.#applied) return false;
    const { settings } = this.#camera;
    const { whiteBalance, exposure } = this.#applied.camera;
    return !stillHolds(whiteBalance, settings.whiteBalance) || !stillHolds(exposure, settings.exposure);
  }

  /** Whether the camera goes on adjusting itself, so that what is measured or applied holds for the present scene alone. */
  get drifts(): boolean {
    const held = this.measurement.result ? this.#held : this.#applied?.camera;
    return held !== undefined && !(held.whiteBalance && held.exposure);
  }

  /** Measured for this camera before, and not applied now. */
  get offered(): MeasuredCorrection | null {
    return this.#applied ? null : (this.#camera.memory.correction ?? null);
  }

  /** The picture as the camera gives it, while one compares. */
  get uncorrected(): Picture | null {
    return this.#uncorrected;
  }

  /** Why the correction could not be applied or removed. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  measure(): Promise<void> {
    this.#error = null;
    this.#held = {};
    return this.measurement.start();
  }

  /** Applies what was measured, and remembers it. */
  async apply(): Promise<void> {
    const { result } = this.measurement;
    if (!result) return;
    const measured = toMeasured(result, this.#held);
    if (!(await this.#correct(measured))) return;
    this.measurement.keep();
    this.#camera.remember({ correction: measured });
  }

  /** Applies what was measured the last time, with the camera as it stood then. */
  async applyOffered(): Promise<void> {
    const { offered } = this;
    if (!offered) return;
    const isPresent = this.#presence();
    await this.#camera.take(offered.camera).catch(() => undefined);
    if (isPresent()) await this.#correct(offered);
  }

  /** Back to what the camera gives. */
  async remove(): Promise<void> {
    if (await this.#correct(null)) await this.#camera.free().catch(() => undefined);
  }

  /** The correction has ended by itself, for this reason. */
  lost(reason: ErrorCode): void {
    if (!this.#applied || this.#track?.colorCorrection) return;
    this.#applied = null;
    this.#error = reason;
    this.#camera.free().catch(() => undefined);
    this.changed();
  }

  /** Shows the uncorrected picture, to oneself alone, until it is called with false. */
  async compare(comparing: boolean): Promise<void> {
    this.#comparing = comparing;
    if (!comparing || this.#showing) return;
    this.#showing = true;
    while (this.#comparing) {
      this.#uncorrected = await this.#capture().catch(() => null);
      this.#comparing &&= this.#uncorrected !== null;
      this.changed();
      await new Promise(requestAnimationFrame);
    }
    this.#showing = false;
    this.#uncorrected = null;
    this.changed();
  }

  close(): void {
    void this.measurement.stop();
    void this.compare(false);
  }

  #capture(): Promise<Picture> {
    return this.#track?.captureFrame() ?? Promise.reject(new ChaxiError('invalidState'));
  }

  /** @returns whether the camera is still the same, whenever it is asked */
  #presence(): () => boolean {
    const track = this.#track;
    const deviceId = this.#deviceId;
    return () => track === this.#track && deviceId === this.#deviceId;
  }

  /** Returns whether it went well; a failure is kept to be shown. */
  async #correct(measured: MeasuredCorrection | null): Promise<boolean> {
    const track = this.#track;
    const isPresent = this.#presence();
    this.#error = null;
    try {
      await track?.setColorCorrection(measured?.correction ?? null);
      if (isPresent()) {
        this.#applied = measured;
        return true;
      }
      // It was measured for a camera that is gone.
      await track?.setColorCorrection(track === this.#track ? (this.#applied?.correction ?? null) : null);
      return false;
    } catch (error) {
      if (isPresent()) this.#error = errorCodeOf(error);
      return false;
    } finally {
      this.changed();
    }
  }

  /** A correction belongs to one camera: another one begins without. */
  readonly #follow = (): void => {
    const { track, deviceId } = this.#camera;
    if (track !== this.#track || deviceId !== this.#deviceId) {
      this.#track = track;
      this.#deviceId = deviceId;
      this.#applied = null;
      this.#error = null;
      // After the above: what is put back is the new camera's.
      void this.measurement.stop();
      if (track?.colorCorrection) void this.#correct(null);
    }
    this.changed();
  };
}

function pauseFor(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

function toMeasured({ correction, before, after }: CardReading, camera: CameraSettings): MeasuredCorrection {
  return { correction, before: before.mean, after: after.mean, measuredAt: Date.now(), camera };
}

/** Every value that was held is still the same; where nothing was held, nothing can be said. */
function stillHolds(held: object = {}, now: object = {}): boolean {
  const values = new Map<string, unknown>(Object.entries(now));
  return Object.entries(held).every(([name, value]) => values.get(name) === value);
}
