import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { applyAffine, rgbToYuv } from '../../client-sdk/src/color/yuv.ts';
import { videoColorSpace } from './videoColorSpace.ts';

/** How the frames are made: RGBA as of a canvas, or I420 of limited range as of a camera, with this matrix. */
export const pictureFormats = ['rgb', 'bt601', 'bt709'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

const FRAME_RATE = 30;

/** A camera that shows the same pictures in turn. */
export class PictureSource {
  readonly track: MediaStreamTrackGenerator;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  readonly #frames: readonly VideoFrame[];
  #count = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Pictures of one size, with an even width and height. */
  constructor(pictures: readonly Picture[], format: PictureFormat) {
    this.track = new MediaStreamTrackGenerator({ kind: 'video' });
    this.#writer = this.track.writable.getWriter();
    this.#frames = pictures.map((picture) => frameOf(picture, format));
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#write(), 1_000 / FRAME_RATE);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.track.stop();
    for (const frame of this.#frames) frame.close();
  }

  /** The first picture as it was made. Whoever takes it has to close it. */
  firstFrame(): VideoFrame {
    return this.#frames[0]!.clone();
  }

  #write(): void {
    const made = this.#frames[this.#count++ % this.#frames.length]!;
    const frame = new VideoFrame(made, { timestamp: Math.round(performance.now() * 1_000) });
    // The track takes the frame over, also where it has ended.
    void this.#writer.write(frame).catch(() => undefined);
  }
}

function frameOf(picture: Picture, format: PictureFormat): VideoFrame {
  const { width, height, data } = picture;
  const size = { codedWidth: width, codedHeight: height, timestamp: 0 };
  if (format === 'rgb') return new VideoFrame(data, { ...size, format: 'RGBA' });
  return new VideoFrame(planesOf(picture, format), {
    ...size,
    format: 'I420',
    colorSpace: videoColorSpace(format),
  });
}

/** Luma of each pixel, and the mean chroma of each block of 2 x 2. */
function planesOf({ width, height, data }: Picture, matrix: 'bt601' | 'bt709'): Uint8ClampedArray<ArrayBuffer> {
  const toYuv = rgbToYuv({ matrix, fullRange: false });
  const planes = new Uint8ClampedArray((width * height * 3) / 2);
  const chromaSize = (width * height) / 4;
  const [blue, red] = [width * height, width * height + chromaSize];
  const sums = new Float64Array(2 * chromaSize);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = (y * width + x) * 4;
      const [luma, cb, cr] = applyAffine(toYuv, [data[pixel]!, data[pixel + 1]!, data[pixel + 2]!]);
      const block = (y >> 1) * (width >> 1) + (x >> 1);
      planes[y * width + x] = luma;
      sums[block]! += cb / 4;
      sums[chromaSize + block]! += cr / 4;
    }
  }
  planes.set(sums.subarray(0, chromaSize), blue);
  planes.set(sums.subarray(chromaSize), red);
  return planes;
}
