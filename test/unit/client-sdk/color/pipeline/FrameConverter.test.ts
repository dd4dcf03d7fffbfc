import { expect } from 'chai';
import { FrameConverter } from '../../../../../client-sdk/src/color/pipeline/FrameConverter.ts';
import { cameraFrame, FakeVideoFrame, openFrames } from '../../fakes/FakeVideoFrame.ts';
import { useGlobals } from '../../fakes/useGlobals.ts';
import { noCorrection } from '../corrections.ts';

const bt601 = { matrix: 'bt601', fullRange: false } as const;
const brighter = { ...noCorrection, gains: [1.5, 1.5, 1.5] as const };

describe('FrameConverter', () => {
  const give = useGlobals();
  beforeEach(() => give('VideoFrame', FakeVideoFrame));
  afterEach(() => {
    for (const frame of openFrames) frame.close();
  });

  it('hands back the same frame where there is nothing to do', async () => {
    const frame = cameraFrame();
    expect(await new FrameConverter().convert(frame, { target: bt601, correction: null })).to.equal(frame);
    expect(openFrames.size).to.equal(1);
  });

  it('makes one new frame of each, and leaves both to the caller', async () => {
    const converter = new FrameConverter();
    for (const made of [1, 2, 3]) {
      const frame = cameraFrame({ matrix: 'bt709' });
      expect(await converter.convert(frame, { target: bt601, correction: brighter })).not.to.equal(frame);
      expect(openFrames.size).to.equal(2 * made);
    }
  });

  for (const rotation of [0, 90, 180, 270]) {
    it(`keeps the shape of a frame that is turned by ${rotation}°`, async () => {
      const frame = cameraFrame({ rotation } as object);
      const made = await new FrameConverter().convert(frame, { target: bt601, correction: brighter });
      const { displayWidth, displayHeight } = frame;
      expect(made).to.include({ displayWidth, displayHeight, rotation });
    });
  }

  it('reads the pixels of a canvas', async () => {
    const frame = new FakeVideoFrame(new Uint8ClampedArray(4 * 2 * 4).fill(255), {
      format: 'RGBA',
      codedWidth: 4,
      codedHeight: 2,
      timestamp: 0,
    }) as FakeVideoFrame & VideoFrame;
    const made = await new FrameConverter().convert(frame, { target: bt601, correction: null });
    expect([...(made as unknown as FakeVideoFrame).data]).to.deep.equal([
      ...Array<number>(8).fill(235),
      128,
      128,
      128,
      128,
    ]);
  });

  it('refuses a frame that the browser does not give as pixels', async () => {
    const tenBits = cameraFrame({ matrix: 'bt2020-ncl' as VideoMatrixCoefficients });
    const failure = await new FrameConverter()
      .convert(tenBits, { target: bt601, correction: brighter })
      .catch((error: Error) => error.name);
    expect(failure).to.equal('TypeError');
    expect(openFrames.size).to.equal(1);
  });
});
