import type { CardReading, ColorCorrection } from '../../../../client-sdk/src/color/index.ts';
import type { LocalTrack } from '../../../../client-sdk/src/index.ts';
import { CameraControls } from '../../../../client-sdk/src/devices/CameraControls.ts';
import type { ImageCaptureCapabilities } from '../../../../client-sdk/src/devices/cameraFeatures.ts';
import type { CaptureSlot } from '../../../../web/src/session/CaptureSlot.ts';
import { Observable } from '../../../../web/src/session/observable.ts';
import { FakeCamera } from '../../client-sdk/fakes/FakeCamera.ts';
import { picture } from './cardReadings.ts';

const capabilities = {
  whiteBalanceMode: ['manual', 'continuous'],
  colorTemperature: { min: 2_800, max: 6_500, step: 10 },
  exposureMode: ['manual', 'continuous'],
  exposureTime: { min: 10, max: 100, step: 5 },
  zoom: { min: 1, max: 4, step: 0 },
};
const atFirst = {
  whiteBalanceMode: 'continuous',
  colorTemperature: 3_000,
  exposureMode: 'continuous',
  exposureTime: 50,
  zoom: 1,
};

/** A publication of the close-up, with the controls of the SDK over a camera that the test has. */
export class FakeCupTrack {
  deviceId: string;
  muted = false;
  camera: FakeCamera;
  readonly cameraControls: CameraControls;
  colorCorrection: ColorCorrection | null = null;
  failure: Error | null = null;
  /** What a correction waits for before it holds. */
  opening: Promise<void> = Promise.resolve();

  /** `has`: what can be adjusted. */
  constructor(deviceId: string, has: ImageCaptureCapabilities = capabilities) {
    this.deviceId = deviceId;
    this.camera = new FakeCamera(has, atFirst, deviceId);
    this.cameraControls = new CameraControls(this.camera as unknown as MediaStreamTrack);
  }

  /** As the SDK does it: the controls come after the track. */
  async switchDevice(deviceId: string): Promise<void> {
    this.deviceId = deviceId;
    this.camera = new FakeCamera(capabilities, atFirst, deviceId);
    await this.cameraControls.adopt(this.camera as unknown as MediaStreamTrack);
  }

  async setColorCorrection(correction: ColorCorrection | null): Promise<void> {
    if (this.failure) throw this.failure;
    this.colorCorrection = correction;
    await this.opening;
  }

  captureFrame() {
    return Promise.resolve(picture());
  }
}

/** As much of a CaptureSlot as the close-up's camera looks at. */
export class FakeSlot extends Observable {
  published: LocalTrack | undefined;

  publish(track: FakeCupTrack | null): CaptureSlot {
    this.published = (track ?? undefined) as unknown as LocalTrack | undefined;
    this.changed();
    return this as unknown as CaptureSlot;
  }
}

/** Gives the tests of a suite a local storage, empty before each, and a worker that reads the same card in every picture. */
export function useFakePage(): {
  storage: Map<string, string>;
  reading: { now: CardReading | null };
  workers: Set<unknown>;
} {
  const storage = new Map<string, string>();
  const reading: { now: CardReading | null } = { now: null };
  const workers = new Set<unknown>();
  class FakeWorker {
    onmessage: ((event: { data: unknown }) => void) | null = null;

    constructor() {
      workers.add(this);
    }

    postMessage(): void {
      queueMicrotask(() => this.onmessage?.({ data: reading.now }));
    }

    terminate(): void {
      workers.delete(this);
    }
  }
  const globals = {
    localStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
    },
    location: { origin: 'https://tea.example' },
    Worker: FakeWorker,
    requestAnimationFrame: (callback: () => void) => setImmediate(callback),
  };
  const had = new Map<string, PropertyDescriptor | undefined>();
  before(() => {
    for (const [name, value] of Object.entries(globals)) {
      had.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  });
  beforeEach(() => {
    storage.clear();
    reading.now = null;
    workers.clear();
  });
  after(() => {
    for (const [name, descriptor] of had) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  });
  return { storage, reading, workers };
}
