import { i420Planes, i420Size } from '../../../../client-sdk/src/color/pipeline/planes.ts';

type Init = VideoFrameBufferInit & { rotation?: number };

/** Those that nobody has closed. */
export const openFrames = new Set<FakeVideoFrame>();

/** As much of a VideoFrame in I420 or RGBA, without gaps, as the SDK looks at. */
export class FakeVideoFrame {
  readonly format: string;
  readonly colorSpace: { matrix: string | null; fullRange: boolean | null };
  readonly codedWidth: number;
  readonly codedHeight: number;
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly rotation: number;
  readonly visibleRect = null;
  readonly timestamp: number;
  readonly duration = null;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  closed = false;

  /** Copies the data, as the real one. */
  constructor(data: Uint8ClampedArray, init: Init) {
    const { format, codedWidth, codedHeight, displayWidth, displayHeight, timestamp, rotation = 0 } = init;
    this.format = format;
    this.colorSpace = { matrix: init.colorSpace?.matrix ?? null, fullRange: init.colorSpace?.fullRange ?? null };
    this.codedWidth = codedWidth;
    this.codedHeight = codedHeight;
    this.timestamp = timestamp;
    this.rotation = rotation;
    // Given as it is coded, told as it is shown.
    const shown = [displayWidth ?? codedWidth, displayHeight ?? codedHeight] as const;
    [this.displayWidth, this.displayHeight] = rotation % 180 === 0 ? shown : [shown[1], shown[0]];
    this.data = new Uint8ClampedArray(data);
    openFrames.add(this);
  }

  allocationSize(): number {
    return this.data.length;
  }

  copyTo(target: Uint8ClampedArray): Promise<PlaneLayout[]> {
    target.set(this.data);
    return Promise.resolve(this.layout());
  }

  close(): void {
    this.closed = true;
    openFrames.delete(this);
  }

  protected layout(): PlaneLayout[] {
    const { codedWidth, codedHeight } = this;
    if (this.format !== 'I420') return [{ offset: 0, stride: 4 * codedWidth }];
    const { luma, chroma } = i420Planes(this.data, codedWidth, codedHeight);
    const { blueOffset, redOffset, stride } = chroma;
    return [luma, { offset: blueOffset, stride }, { offset: redOffset, stride }];
  }
}

/** A frame that can not be read. */
export class BrokenVideoFrame extends FakeVideoFrame {
  override copyTo(): Promise<PlaneLayout[]> {
    return Promise.reject(new TypeError('this frame can not be read'));
  }
}

const [WIDTH, HEIGHT] = [4, 2];

/** A small grey frame of a camera. */
export function cameraFrame(
  { matrix = 'smpte170m', ...rest }: { matrix?: VideoMatrixCoefficients } & Partial<Init> = {},
  Frame = FakeVideoFrame,
): FakeVideoFrame & VideoFrame {
  const data = new Uint8ClampedArray(i420Size(WIDTH, HEIGHT)).fill(120, 0, WIDTH * HEIGHT).fill(128, WIDTH * HEIGHT);
  const init = { format: 'I420', codedWidth: WIDTH, codedHeight: HEIGHT, timestamp: 0, ...rest } as const;
  return new Frame(data, { ...init, colorSpace: { matrix, fullRange: false } }) as FakeVideoFrame & VideoFrame;
}
