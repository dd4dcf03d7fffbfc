import { drawFrameId } from './frameId.ts';
import { movingPicture } from './movingPicture.ts';
import { videoColorSpace } from './videoColorSpace.ts';

export interface SourceOptions {
  width: number;
  height: number;
  frameRate: number;
}

/** Frames whose times are remembered. */
const REMEMBERED = 4_096;

/** A camera whose frames bear their numbers, and that knows when it made each. */
export class FrameSource {
  readonly options: SourceOptions;
  readonly track: MediaStreamTrackGenerator;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  readonly #loop: Uint8Array[];
  readonly #data: Uint8Array;
  readonly #times = new Float64Array(REMEMBERED);
  #lastId = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: SourceOptions) {
    const { width, height } = options;
    this.options = options;
    this.track = new MediaStreamTrackGenerator({ kind: 'video' });
    this.#writer = this.track.writable.getWriter();
    this.#loop = movingPicture(width, height);
    // I420: luma, then two planes of chroma with a quarter of the pixels; 128 is grey.
    this.#data = new Uint8Array((width * height * 3) / 2).fill(128);
  }

  /** Number of the last frame that was made; the first one is 1. */
  get lastId(): number {
    return this.#lastId;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#write(), 1_000 / this.options.frameRate);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.track.stop();
  }

  /** When a frame was made, on the clock of performance.now(); null for one that is not remembered. */
  timeOf(id: number): number | null {
    return id > 0 && id <= this.#lastId && id > this.#lastId - REMEMBERED ? this.#times[id % REMEMBERED]! : null;
  }

  /** The next frame. Whoever takes it has to close it. */
  nextFrame(): VideoFrame {
    const { width, height } = this.options;
    const id = ++this.#lastId;
    this.#data.set(this.#loop[id % this.#loop.length]!);
    drawFrameId(this.#data, width, id);
    const now = performance.now();
    this.#times[id % REMEMBERED] = now;
    return new VideoFrame(this.#data, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: Math.round(now * 1_000),
      colorSpace: videoColorSpace('bt601'),
    });
  }

  #write(): void {
    // The track takes the frame over, also where it has ended.
    void this.#writer.write(this.nextFrame()).catch(() => undefined);
  }
}
