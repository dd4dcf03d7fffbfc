import type { ConversionSettings } from './FrameConverter.ts';
import { FramePump } from './FramePump.ts';
import type { FrameWorkerReply, FrameWorkerRequest } from './frameWorkerMessages.ts';
import { openFrameWorker } from './openFrameWorker.ts';

export interface FramePipelineEvents {
  /** A frame of the present input has come out; from now on `track` has a picture. */
  flowing(): void;
  /** Frames are passed on as they are, for this reason. */
  failed(message: string): void;
}

/** What a pump looks like from here, in a worker or beside. */
interface PumpControls {
  setSettings(settings: ConversionSettings): void;
  setInput(frames: ReadableStream<VideoFrame> | null): void;
  close(): void;
}

/** A track whose frames are those of another one, converted. */
export class FramePipeline {
  /** It has no frame before `flowing`, and keeps the last one where the input has none. */
  readonly track: MediaStreamTrack;
  readonly #pump: PumpControls;
  #input: MediaStreamTrack | null = null;
  #closed = false;

  /** In a worker where the page allows it, else on the page's own thread. Where it can not be done at all: `canConvertFrames`. */
  static async open(settings: ConversionSettings, events: FramePipelineEvents): Promise<FramePipeline> {
    const worker = await openFrameWorker();
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const pump = worker
      ? pumpInWorker(worker, generator.writable, settings, events)
      : new FramePump(generator.writable, settings, events);
    return new FramePipeline(generator, pump);
  }

  private constructor(track: MediaStreamTrack, pump: PumpControls) {
    this.track = track;
    this.#pump = pump;
  }

  setSettings(settings: ConversionSettings): void {
    if (!this.#closed) this.#pump.setSettings(settings);
  }

  /** Takes the frames of another track from now on, or none. */
  setInput(input: MediaStreamTrack | null): void {
    if (this.#closed || this.#input === input) return;
    this.#input = input;
    this.#pump.setInput(input && new MediaStreamTrackProcessor({ track: input }).readable);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#pump.close();
    this.track.stop();
  }
}

function pumpInWorker(
  worker: Worker,
  output: WritableStream<VideoFrame>,
  settings: ConversionSettings,
  events: FramePipelineEvents,
): PumpControls {
  const send = (request: FrameWorkerRequest, handedOver: Transferable[] = []) =>
    worker.postMessage(request, handedOver);
  worker.onmessage = ({ data }: MessageEvent<FrameWorkerReply>) => {
    if (data.type === 'flowing') events.flowing();
    else if (data.type === 'failed') events.failed(data.message);
  };
  send({ type: 'open', output, settings }, [output]);
  return {
    setSettings: (next) => send({ type: 'settings', settings: next }),
    setInput: (frames) => send({ type: 'input', frames }, frames ? [frames] : []),
    close: () => send({ type: 'close' }),
  };
}
