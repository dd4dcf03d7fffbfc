import { pictureSize, readVideoFrameId } from './readFrame.ts';

export interface ReadFrame {
  id: number;
  /** When it came out of the decoder, on the clock of performance.now(). */
  atMs: number;
  width: number;
  height: number;
}

/** Hands over each decoded frame of a track that has a valid number. */
export class FrameReader {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  readonly #sourceWidth: number;
  readonly #onFrame: (frame: ReadFrame) => void;

  constructor(track: MediaStreamTrack, sourceWidth: number, onFrame: (frame: ReadFrame) => void) {
    this.#sourceWidth = sourceWidth;
    this.#onFrame = onFrame;
    // More than one place, or frames are dropped while the page is busy.
    this.#reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 10 }).readable.getReader();
    void this.#read();
  }

  close(): void {
    void this.#reader.cancel().catch(() => undefined);
  }

  async #read(): Promise<void> {
    for (;;) {
      const { value: frame, done } = await this.#reader.read();
      if (done) return;
      const atMs = performance.now();
      const size = pictureSize(frame);
      try {
        const id = await readVideoFrameId(frame, this.#sourceWidth);
        if (id !== null) this.#onFrame({ id, atMs, width: size.width, height: size.height });
      } finally {
        frame.close();
      }
    }
  }
}
