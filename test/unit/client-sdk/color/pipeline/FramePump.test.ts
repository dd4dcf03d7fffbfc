import { expect } from 'chai';
import { FramePump } from '../../../../../client-sdk/src/color/pipeline/FramePump.ts';
import { waitFor } from '../../../../helpers/waitFor.ts';
import { cameraFrame, FakeVideoFrame, openFrames } from '../../fakes/FakeVideoFrame.ts';
import { useGlobals } from '../../fakes/useGlobals.ts';
import { noCorrection } from '../corrections.ts';

/** A frame that is already what it shall become, so that no pixels are needed. */
class FakeFrame {
  readonly id: string;
  readonly format = 'I420';
  readonly colorSpace: { matrix: string; fullRange: boolean };
  closed = false;

  constructor(id: string, matrix = 'smpte170m') {
    this.id = id;
    this.colorSpace = { matrix, fullRange: false };
  }

  /** No frame of another format can be read. */
  allocationSize(): number {
    throw new TypeError('this frame can not be read');
  }

  close(): void {
    this.closed = true;
  }
}

describe('FramePump', () => {
  function make({ release = Promise.resolve() }: { release?: Promise<void> } = {}) {
    const written: string[] = [];
    const told: string[] = [];
    let ended = false;
    const output = new WritableStream<VideoFrame>({
      write: async (frame) => {
        await release;
        written.push((frame as unknown as FakeFrame).id);
        frame.close();
      },
      close: () => void (ended = true),
    });
    const settings = { target: { matrix: 'bt601', fullRange: false }, correction: null } as const;
    const pump = new FramePump(output, settings, {
      flowing: () => told.push('flowing'),
      failed: (message) => told.push(message),
    });
    return { pump, written, told, isEnded: () => ended };
  }

  /** A camera that is asked for each frame. */
  function camera(names: string, matrix?: string) {
    const given: FakeFrame[] = [];
    let cancelled = false;
    const pending = [...names];
    const frames = new ReadableStream<VideoFrame>(
      {
        pull: (controller) => {
          const name = pending.shift();
          if (name === undefined) return;
          const frame = new FakeFrame(name, matrix);
          given.push(frame);
          controller.enqueue(frame as unknown as VideoFrame);
        },
        cancel: () => void (cancelled = true),
      },
      { highWaterMark: 0 },
    );
    return { frames, given, isCancelled: () => cancelled };
  }

  it('passes on each frame, and tells when the first one is out', async () => {
    const { pump, written, told } = make();
    pump.setInput(camera('abc').frames);
    await waitFor('three frames', () => written.length === 3);
    expect(written).to.deep.equal(['a', 'b', 'c']);
    expect(told).to.deep.equal(['flowing']);
  });

  it('takes no further frame while one is in hand', async () => {
    let release: () => void = () => undefined;
    const { pump, written } = make({ release: new Promise((resolve) => (release = resolve)) });
    const { frames, given } = camera('abc');
    pump.setInput(frames);
    await waitFor('a frame', () => given.length > 0);
    await new Promise(setImmediate);
    expect(given).to.have.lengthOf(1);
    release();
    await waitFor('the others', () => written.length === 3);
  });

  it('gives the input back when another one takes its place, and writes nothing of it any more', async () => {
    const { pump, written, told } = make();
    const first = camera('ab');
    pump.setInput(first.frames);
    await waitFor('the first input', () => written.length === 2);
    pump.setInput(camera('xy').frames);
    await waitFor('the second input', () => written.length === 4);
    expect(first.isCancelled()).to.equal(true);
    expect(written.slice(2)).to.deep.equal(['x', 'y']);
    expect(told).to.deep.equal(['flowing', 'flowing']);
  });

  it('passes on as it is what can not be converted, and tells that once', async () => {
    const { pump, written, told } = make();
    const { frames, given } = camera('ab', 'bt709');
    pump.setInput(frames);
    await waitFor('both frames', () => written.length === 2);
    expect(told.filter((message) => message !== 'flowing')).to.deep.equal(['TypeError: this frame can not be read']);
    expect(given.every(({ closed }) => closed)).to.equal(true);
  });

  it('tells it again of other settings', async () => {
    const { pump, written, told } = make();
    pump.setInput(camera('ab', 'bt709').frames);
    await waitFor('both frames', () => written.length === 2);
    pump.setSettings({ target: { matrix: 'bt601', fullRange: false }, correction: noCorrection });
    pump.setInput(camera('cd', 'bt709').frames);
    await waitFor('the others', () => written.length === 4);
    expect(told.filter((message) => message !== 'flowing')).to.have.lengthOf(2);
  });

  it('ends its output and gives its input back when it is closed', async () => {
    const { pump, written, isEnded } = make();
    const { frames, isCancelled } = camera('a');
    pump.setInput(frames);
    await waitFor('a frame', () => written.length === 1);
    pump.close();
    await waitFor('the end', isEnded);
    expect(isCancelled()).to.equal(true);
  });
});

describe('the frames that a FramePump converts', () => {
  const give = useGlobals();
  beforeEach(() => give('VideoFrame', FakeVideoFrame));
  afterEach(() => {
    for (const frame of openFrames) frame.close();
  });

  const settings = { target: { matrix: 'bt601', fullRange: false }, correction: noCorrection } as const;
  const unheard = { flowing: () => undefined, failed: () => undefined };

  it('are all closed, the given and the made ones', async () => {
    let written = 0;
    const output = new WritableStream<VideoFrame>({
      write: (frame) => {
        // The one that it was made of is closed by now.
        expect(openFrames.size).to.equal(1);
        frame.close();
        written++;
      },
    });
    const given = Array.from({ length: 5 }, (_, timestamp) => ({ timestamp }));
    const frames = new ReadableStream<VideoFrame>(
      {
        pull: (controller) => {
          const init = given.shift();
          if (init) controller.enqueue(cameraFrame({ matrix: 'bt709', ...init }));
        },
      },
      { highWaterMark: 0 },
    );
    new FramePump(output, settings, unheard).setInput(frames);
    await waitFor('five frames', () => written === 5);
    expect(openFrames.size).to.equal(0);
  });

  it('are closed too where the input is given up meanwhile', async () => {
    const written: VideoFrame[] = [];
    let copied: () => void = () => undefined;
    class SlowFrame extends FakeVideoFrame {
      override async copyTo(target: Uint8ClampedArray): Promise<PlaneLayout[]> {
        await new Promise<void>((resolve) => (copied = resolve));
        return super.copyTo(target);
      }
    }
    const pump = new FramePump(new WritableStream({ write: (frame) => void written.push(frame) }), settings, unheard);
    pump.setInput(
      new ReadableStream(
        { pull: (controller) => controller.enqueue(cameraFrame({}, SlowFrame)) },
        { highWaterMark: 0 },
      ),
    );
    await waitFor('a frame', () => openFrames.size === 1);
    await new Promise(setImmediate);
    pump.setInput(null);
    copied();
    await waitFor('both to be closed', () => openFrames.size === 0);
    expect(written).to.deep.equal([]);
  });
});
