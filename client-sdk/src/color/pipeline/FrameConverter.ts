import type { ColorCorrection } from '../ColorCorrection.ts';
import { yuvToYuv, type YuvFormat } from '../yuv.ts';
import { convertPlanes } from './convertPlanes.ts';
import { correctPlanes } from './correctPlanes.ts';
import { encodedFormat, frameFormat, sameFormat } from './frameFormat.ts';
import { copiedPlanes, i420Planes, i420Size } from './planes.ts';
import { readPixels } from './readPixels.ts';

/** What frames are to become. */
export interface ConversionSettings {
  /** Null: that of the first frame, as it would be encoded. */
  target: YuvFormat | null;
  correction: ColorCorrection | null;
}

type Bytes = Uint8ClampedArray<ArrayBuffer>;

/** Makes frames anew in another format and in corrected colours. Between two frames of one size it allocates no memory. */
export class FrameConverter {
  #first: YuvFormat | null = null;
  #copied: Bytes = new Uint8ClampedArray(0);
  #made: Bytes = new Uint8ClampedArray(0);

  /**
   * @returns a new frame of the same moment, or the same one where there is nothing to do; both are the caller's to close
   * @throws what VideoFrame throws of a frame that can not be read
   */
  async convert(frame: VideoFrame, settings: ConversionSettings): Promise<VideoFrame> {
    const format = frameFormat(frame);
    this.#first ??= encodedFormat(format);
    const { correction } = settings;
    const target = settings.target ?? this.#first;
    if (!correction && sameFormat(encodedFormat(format), target)) return frame;
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    this.#made = atLeast(this.#made, i420Size(width, height));
    const made = i420Planes(this.#made, width, height);
    if (format === 'rgb') {
      readPixels(await this.#copyPixels(frame, width, height), made, target);
      if (correction) correctPlanes(made, target, made, target, correction);
    } else {
      const layout = await this.#copy(frame);
      const from = copiedPlanes(this.#copied, { format: frame.format as 'I420' | 'NV12', width, height, layout });
      if (correction) correctPlanes(from, format, made, target, correction);
      else convertPlanes(from, made, yuvToYuv(format, target));
    }
    return new VideoFrame(made.data.subarray(0, i420Size(width, height)), frameInit(frame, width, height, target));
  }

  async #copyPixels(frame: VideoFrame, width: number, height: number) {
    // Any other kind (10 bits, alpha, textures without a format) the browser converts itself.
    const isBgra = frame.format === 'BGRA' || frame.format === 'BGRX';
    const layout = await this.#copy(frame, { format: isBgra ? 'BGRA' : 'RGBA' });
    // Chromium before 127 does not know the option, and copies the planes as they are.
    const isAsked = layout.length === 1 && layout[0]!.offset === 0 && layout[0]!.stride === 4 * width;
    if (!isAsked) throw new TypeError(`A frame of ${frame.format} can not be read as pixels.`);
    return { data: this.#copied, width, height, order: isBgra ? 'bgra' : 'rgba' } as const;
  }

  #copy(frame: VideoFrame, options?: VideoFrameCopyToOptions): Promise<PlaneLayout[]> {
    this.#copied = atLeast(this.#copied, frame.allocationSize(options));
    return frame.copyTo(this.#copied, options);
  }
}

function atLeast(bytes: Bytes, length: number): Bytes {
  return bytes.length < length ? new Uint8ClampedArray(length) : bytes;
}

function frameInit(frame: VideoFrame, width: number, height: number, target: YuvFormat): VideoFrameBufferInit {
  const { timestamp, duration } = frame;
  // Newer than TypeScript's library: phones turn their camera by these.
  const { rotation = 0, flip } = frame as { rotation?: number; flip?: boolean };
  // A frame tells how large it is when it is turned, and is made with how large it is before that.
  const isUpright = rotation % 180 === 0;
  const [displayWidth, displayHeight] = isUpright
    ? [frame.displayWidth, frame.displayHeight]
    : [frame.displayHeight, frame.displayWidth];
  return {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    displayWidth,
    displayHeight,
    timestamp,
    duration: duration ?? undefined,
    colorSpace: {
      matrix: target.matrix === 'bt601' ? 'smpte170m' : 'bt709',
      primaries: 'bt709',
      transfer: 'iec61966-2-1',
      fullRange: target.fullRange,
    },
    ...(rotation || flip ? { rotation, flip } : {}),
  } as VideoFrameBufferInit;
}
