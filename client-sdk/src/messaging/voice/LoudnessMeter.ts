import { loudnessOf } from './loudness.ts';

/** As long as two pictures of the page, and shorter than a syllable. */
const INTERVAL_MS = 50;
/** Samples of one reading: 43 ms at 48 kHz. */
const WINDOW = 2_048;

/** Says how loud a microphone is, twenty times a second. */
export class LoudnessMeter {
  readonly #context = new AudioContext();
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param heard Called with 0 to 100. */
  constructor(track: MediaStreamTrack, heard: (level: number) => void) {
    const analyser = new AnalyserNode(this.#context, { fftSize: WINDOW });
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(WINDOW);
    // A browser that thinks that nobody has touched the page yet begins with it asleep; then all is silence.
    this.#context.resume().catch(() => undefined);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      heard(loudnessOf(samples));
    }, INTERVAL_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#context.close().catch(() => undefined);
  }
}
