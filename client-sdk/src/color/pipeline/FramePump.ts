import { FrameConverter, type ConversionSettings } from './FrameConverter.ts';

export interface FramePumpEvents {
  /** The first frame of an input has been passed on. */
  flowing(): void;
  /** A frame could not be converted and was passed on as it was; told once for the same settings. */
  failed(message: string): void;
}

/**
 * Takes frames from one input after another, converts them and writes them to one output. It has one frame in hand at a time,
 * and an input keeps its newest one; so a machine that is too slow shows fewer frames and never older ones.
 */
export class FramePump {
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  readonly #converter = new FrameConverter();
  readonly #events: FramePumpEvents;
  #settings: ConversionSettings;
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  #hasFailed = false;

  constructor(output: WritableStream<VideoFrame>, settings: ConversionSettings, events: FramePumpEvents) {
    this.#writer = output.getWriter();
    this.#settings = settings;
    this.#events = events;
  }

  /** From the next frame on. */
  setSettings(settings: ConversionSettings): void {
    this.#settings = settings;
    this.#hasFailed = false;
  }

  /** The input before is given back; without a new one nothing is written. */
  setInput(frames: ReadableStream<VideoFrame> | null): void {
    this.#reader?.cancel().catch(() => undefined);
    this.#reader = frames?.getReader() ?? null;
    if (this.#reader) void this.#run(this.#reader);
  }

  close(): void {
    this.setInput(null);
    this.#writer.close().catch(() => undefined);
  }

  async #run(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    let flowing = false;
    try {
      for (;;) {
        const { value: frame, done } = await reader.read();
        if (done) return;
        const made = await this.#convert(frame);
        if (made !== frame) frame.close();
        if (this.#reader !== reader) {
          made.close();
          return;
        }
        // Closes the frame.
        await this.#writer.write(made);
        if (!flowing) this.#events.flowing();
        flowing = true;
      }
    } catch {
      // The output was stopped, or the input was given up: there is nobody left to write for.
      await reader.cancel().catch(() => undefined);
    }
  }

  async #convert(frame: VideoFrame): Promise<VideoFrame> {
    try {
      return await this.#converter.convert(frame, this.#settings);
    } catch (error) {
      if (!this.#hasFailed) this.#events.failed(String(error));
      this.#hasFailed = true;
      return frame;
    }
  }
}
