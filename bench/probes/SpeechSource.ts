import { speechLoop } from './speech.ts';

const SAMPLE_RATE = 48_000;
/** 10 ms, as capture devices give them. */
const BLOCK = 480;
const BLOCK_MS = 10;
const SYLLABLES = 16;
/** A page that was held up longer than this leaves the gap out. */
const MAX_BEHIND_MS = 500;

/** A microphone before which someone talks all the time. */
export class SpeechSource {
  readonly track: MediaStreamTrackGenerator<AudioData>;
  readonly #writer: WritableStreamDefaultWriter<AudioData>;
  readonly #loop = speechLoop(SAMPLE_RATE, SYLLABLES);
  #timer: ReturnType<typeof setInterval> | undefined;
  #position = 0;
  #dueMs = 0;

  constructor() {
    this.track = new MediaStreamTrackGenerator({ kind: 'audio' });
    this.#writer = this.track.writable.getWriter();
  }

  start(): void {
    this.#dueMs = performance.now();
    this.#timer ??= setInterval(() => this.#write(), BLOCK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.track.stop();
  }

  /** All blocks that are due: timers alone would come short of the rate. */
  #write(): void {
    const now = performance.now();
    this.#dueMs = Math.max(this.#dueMs, now - MAX_BEHIND_MS);
    for (; this.#dueMs <= now; this.#dueMs += BLOCK_MS) {
      const data = this.#loop.slice(this.#position, this.#position + BLOCK);
      this.#position = (this.#position + BLOCK) % this.#loop.length;
      const block = new AudioData({
        format: 'f32-planar',
        sampleRate: SAMPLE_RATE,
        numberOfChannels: 1,
        numberOfFrames: BLOCK,
        timestamp: Math.round(this.#dueMs * 1_000),
        data,
      });
      // The track takes the block over, also where it has ended.
      void this.#writer.write(block).catch(() => undefined);
    }
  }
}
