import { FakeTrack } from './FakeTrack.ts';

class FakeStream {
  readonly #tracks: Set<unknown>;

  constructor(tracks: unknown[] = []) {
    this.#tracks = new Set(tracks);
  }

  getTracks(): unknown[] {
    return [...this.#tracks];
  }

  addTrack(track: unknown): void {
    this.#tracks.add(track);
  }

  removeTrack(track: unknown): void {
    this.#tracks.delete(track);
  }
}

/** Reports once on what it observes, some time later, as with the next picture of the page. */
class FakeObserver {
  readonly #callback: (entries: object[]) => void;

  constructor(callback: (entries: object[]) => void) {
    this.#callback = callback;
  }

  observe(target: unknown): void {
    setImmediate(() => this.#callback([{ target, isIntersecting: true }]));
  }

  unobserve(): void {}
  disconnect(): void {}
}

/** A media element whose play() answers as the test says. */
export class FakeElement extends EventTarget {
  autoplay = false;
  muted = false;
  volume = 1;
  srcObject: unknown = null;
  clientWidth = 640;
  clientHeight = 360;
  readonly attributes = new Map<string, string>();
  playFailure: DOMException | null = null;

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  play(): Promise<void> {
    return this.playFailure ? Promise.reject(this.playFailure) : Promise.resolve();
  }
}

export function fakeElement(): HTMLVideoElement & FakeElement {
  return new FakeElement() as HTMLVideoElement & FakeElement;
}

class FakeDocument extends EventTarget {
  visibilityState = 'visible';
  pictureInPictureElement = null;

  createElement(name: string): unknown {
    if (name !== 'canvas') return new FakeElement();
    const captureStream = () => ({ getVideoTracks: () => [new FakeTrack('video')] });
    return { width: 0, height: 0, getContext: () => null, captureStream };
  }
}

const page = new EventTarget();
const globals = {
  MediaStream: FakeStream,
  ResizeObserver: FakeObserver,
  IntersectionObserver: FakeObserver,
  document: new FakeDocument(),
  devicePixelRatio: 1,
  getComputedStyle: () => ({ objectFit: 'contain' }),
  addEventListener: page.addEventListener.bind(page),
};

/** Gives the tests of a suite as much of a browser as the SDK needs without media. */
export function useBrowser(): { page: EventTarget; document: FakeDocument } {
  const had = new Map<string, PropertyDescriptor | undefined>();
  before(() => {
    for (const [name, value] of Object.entries(globals)) {
      had.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  });
  after(() => {
    for (const [name, descriptor] of had) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  });
  return { page, document: globals.document };
}
