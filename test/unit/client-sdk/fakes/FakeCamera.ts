import type {
  ImageCaptureCapabilities,
  ImageCaptureSettings,
} from '../../../../client-sdk/src/devices/cameraFeatures.ts';
import { FakeTrack } from './FakeTrack.ts';

/** A track of a camera that takes constraints as Chromium 156 does: each call as a whole, or not at all. */
export class FakeCamera extends FakeTrack {
  readonly applied: ImageCaptureSettings[][] = [];
  /** What the next calls are refused with, whatever they ask for. */
  refusals = 0;
  readonly #capabilities: ImageCaptureCapabilities;
  readonly #deviceId: string;
  #now: ImageCaptureSettings;

  constructor(capabilities: ImageCaptureCapabilities, now: ImageCaptureSettings = {}, deviceId = 'cup') {
    super('video');
    this.#capabilities = capabilities;
    this.#now = { ...now };
    this.#deviceId = deviceId;
  }

  /** Values that the camera chooses by itself. */
  drift(now: ImageCaptureSettings): void {
    this.#now = { ...this.#now, ...now };
  }

  getCapabilities(): ImageCaptureCapabilities {
    return this.#capabilities;
  }

  override getSettings(): MediaTrackSettings {
    return { deviceId: this.#deviceId, ...this.#now } as MediaTrackSettings;
  }

  async applyConstraints({ advanced = [] }: { advanced?: ImageCaptureSettings[] }): Promise<void> {
    await Promise.resolve();
    if (this.readyState === 'ended') throw new DOMException('The associated Track is in an invalid state');
    if (this.refusals > 0) {
      this.refusals--;
      throw new DOMException('setPhotoOptions failed', 'OperationError');
    }
    for (const [name, value] of advanced.flatMap((set) => Object.entries(set))) {
      const has = this.#capabilities[name as keyof ImageCaptureSettings];
      const fits = Array.isArray(has) ? (has as unknown[]).includes(value) : isWithin(value, has);
      if (!fits) throw new DOMException(`Unsupported constraint ${name}`, 'OverconstrainedError');
    }
    this.applied.push(advanced);
    this.#now = Object.assign(this.#now, ...advanced) as ImageCaptureSettings;
  }
}

function isWithin(value: unknown, has: unknown): boolean {
  if (typeof has === 'boolean') return has;
  if (typeof has !== 'object' || has === null) return false;
  const { min = -Infinity, max = Infinity } = has as { min?: number; max?: number };
  return typeof value === 'number' && value >= min && value <= max;
}

export function fakeCamera(
  ...options: ConstructorParameters<typeof FakeCamera>
): MediaStreamTrack & Omit<FakeCamera, keyof MediaStreamTrack> {
  return new FakeCamera(...options) as unknown as MediaStreamTrack & Omit<FakeCamera, keyof MediaStreamTrack>;
}
