import { FakeTrack } from './FakeTrack.ts';
import { cameraFrame, FakeVideoFrame } from './FakeVideoFrame.ts';
import { useGlobals } from './useGlobals.ts';

/** A camera of frames of this matrix. */
export class FakeFrameTrack extends FakeTrack {
  readonly matrix: VideoMatrixCoefficients;
  readonly Frame: typeof FakeVideoFrame;
  /** Readers that want frames at present. */
  readers = 0;

  constructor(matrix: VideoMatrixCoefficients, Frame = FakeVideoFrame) {
    super('video');
    this.matrix = matrix;
    this.Frame = Frame;
  }
}

export function frameTrack(
  matrix: VideoMatrixCoefficients = 'smpte170m',
  Frame = FakeVideoFrame,
): FakeFrameTrack & MediaStreamTrack {
  return new FakeFrameTrack(matrix, Frame) as FakeFrameTrack & MediaStreamTrack;
}

/** A track of what the SDK writes. */
export class FakeGenerator extends FakeTrack {
  readonly written: FakeVideoFrame[] = [];
  readonly writable = new WritableStream<FakeVideoFrame>({
    write: (frame) => {
      this.written.push(frame);
      frame.close();
    },
  });

  constructor() {
    super('video');
  }
}

class FakeProcessor {
  readonly readable: ReadableStream<FakeVideoFrame>;

  constructor({ track }: { track: FakeFrameTrack }, hasEnded: () => boolean) {
    track.readers++;
    let cancelled = false;
    this.readable = new ReadableStream(
      {
        pull: async (controller) => {
          await new Promise(setImmediate);
          if (hasEnded()) return controller.close();
          // What comes too late is closed by the stream of a browser too.
          if (!cancelled) controller.enqueue(cameraFrame({ matrix: track.matrix }, track.Frame));
        },
        cancel: () => {
          cancelled = true;
          track.readers--;
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** Gives each test of a suite a browser whose frames can be changed. @returns the tracks that the SDK made in the test */
export function useBreakoutBox(): { generators: FakeGenerator[]; give: ReturnType<typeof useGlobals> } {
  const generators: FakeGenerator[] = [];
  const give = useGlobals();
  let tests = 0;
  /** No camera outlives its test: it would go on for ever. */
  class Processor extends FakeProcessor {
    constructor(init: { track: FakeFrameTrack }) {
      const test = tests;
      super(init, () => test !== tests);
    }
  }
  afterEach(() => void tests++);
  class Generator extends FakeGenerator {
    constructor() {
      super();
      generators.push(this);
    }
  }
  beforeEach(() => {
    generators.length = 0;
    give('VideoFrame', FakeVideoFrame);
    give('MediaStreamTrackProcessor', Processor);
    give('MediaStreamTrackGenerator', Generator);
  });
  return { generators, give };
}
