import { expose } from '../expose.ts';
import { FrameSource, type SourceOptions } from '../FrameSource.ts';

export interface ClipRequest extends SourceOptions {
  bitrateBps: number;
  seconds: number;
}

const methods = {
  /** Encodes the source, so that clients without a browser have a real video to send. The first frame is a key frame. @returns VP8 frames in base64 */
  async encode({ bitrateBps, seconds, ...options }: ClipRequest): Promise<string[]> {
    const source = new FrameSource(options);
    const frames: string[] = [];
    let failure: DOMException | undefined;
    const encoder = new VideoEncoder({
      output: (chunk) => {
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        frames.push(btoa(String.fromCharCode(...data)));
      },
      error: (error) => (failure = error),
    });
    const { width, height, frameRate } = options;
    encoder.configure({
      codec: 'vp8',
      width,
      height,
      framerate: frameRate,
      bitrate: bitrateBps,
      latencyMode: 'realtime',
    });
    for (let index = 0; index < seconds * frameRate; index++) {
      const made = source.nextFrame();
      const frame = new VideoFrame(made, { timestamp: Math.round((index * 1_000_000) / frameRate) });
      made.close();
      encoder.encode(frame, { keyFrame: index === 0 });
      frame.close();
      // Else the encoder drops what it can not take at once.
      await encoder.flush();
    }
    if (failure) throw failure;
    return frames;
  },
};

export type ClipMethods = typeof methods;

expose(methods);
