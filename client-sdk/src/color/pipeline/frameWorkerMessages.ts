import type { ConversionSettings } from './FrameConverter.ts';

/** From the page to its worker. Streams are handed over. */
export type FrameWorkerRequest =
  | { type: 'open'; output: WritableStream<VideoFrame>; settings: ConversionSettings }
  | { type: 'input'; frames: ReadableStream<VideoFrame> | null }
  | { type: 'settings'; settings: ConversionSettings }
  | { type: 'close' };

/** From the worker to its page. */
export type FrameWorkerReply = { type: 'ready' } | { type: 'flowing' } | { type: 'failed'; message: string };
