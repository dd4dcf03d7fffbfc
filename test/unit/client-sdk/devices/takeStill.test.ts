import { mock } from 'node:test';
import { expect } from 'chai';
import { takeStill } from '../../../../client-sdk/src/devices/takeStill.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { frameTrack, useBreakoutBox } from '../fakes/breakoutBox.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { noCorrection } from '../color/corrections.ts';

const largest = { imageWidth: 4_032, imageHeight: 3_024 };
const [WIDTH, HEIGHT] = [8, 6];
const brighter = { ...noCorrection, gains: [1.5, 1.5, 1.5] as const };

/** Draws what a test tells it to, and encodes the first byte of that. */
class FakeCanvas {
  readonly width: number;
  readonly height: number;
  #data = new Uint8ClampedArray([100]);

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  getContext() {
    return {
      drawImage: () => undefined,
      getImageData: () => ({ data: new Uint8ClampedArray(this.width * this.height * 4).fill(100) }),
      putImageData: ({ data }: { data: Uint8ClampedArray<ArrayBuffer> }) => (this.#data = data),
    };
  }

  convertToBlob({ type, quality }: { type: string; quality: number }): Promise<Blob> {
    return Promise.resolve(new Blob([`${this.#data[0]} in ${quality}`], { type }));
  }
}

class FakeImageData {
  readonly data: Uint8ClampedArray;
  constructor(data: Uint8ClampedArray) {
    this.data = data;
  }
}

describe('a still of a camera', () => {
  const { give } = useBreakoutBox();
  let asked: (object | undefined)[];
  let bitmaps: number;

  /** A camera that answers the one request after the other so. */
  function camera(...answers: (() => Promise<Blob>)[]) {
    give(
      'ImageCapture',
      class {
        getPhotoCapabilities() {
          return Promise.resolve({ imageWidth: { min: 96, max: 4_032 }, imageHeight: { min: 96, max: 3_024 } });
        }
        takePhoto(settings?: object) {
          return answers[asked.push(settings) - 1]!();
        }
      },
    );
  }
  const photo = (type = 'image/jpeg') => new Blob(['a photograph'], { type });
  const gives = (blob: Blob) => () => Promise.resolve(blob);
  const fails = () => Promise.reject(new DOMException('no', 'UnknownError'));
  const hangs = () => new Promise<never>(() => undefined);

  beforeEach(() => {
    asked = [];
    bitmaps = 0;
    give('OffscreenCanvas', FakeCanvas);
    give('ImageData', FakeImageData);
    give('createImageBitmap', (blob: Blob) => {
      if (blob.size === 0) return Promise.reject(new DOMException('no picture', 'InvalidStateError'));
      bitmaps++;
      return Promise.resolve({ width: WIDTH, height: HEIGHT, close: () => bitmaps-- });
    });
  });
  afterEach(() => {
    mock.timers.reset();
    expect(bitmaps).to.equal(0);
  });

  it('is asked of the camera at its largest size, and handed on untouched', async () => {
    const taken = photo();
    camera(gives(taken));
    const still = await takeStill(fakeTrack('video'), null);
    expect(asked).to.deep.equal([largest]);
    expect(still).to.deep.equal({ blob: taken, width: WIDTH, height: HEIGHT, corrected: false, preview: null });
    expect(still.blob).to.equal(taken);
  });

  it('becomes a JPEG where the camera gives another kind', async () => {
    camera(gives(photo('image/png')));
    const { blob, ...rest } = await takeStill(fakeTrack('video'), null);
    expect(rest).to.deep.equal({ width: WIDTH, height: HEIGHT, corrected: false, preview: null });
    expect(blob.type).to.equal('image/jpeg');
    expect(await blob.text()).to.equal('100 in 0.95');
  });

  it('is a JPEG in corrected colours where the track is corrected', async () => {
    camera(gives(photo()));
    const { blob, corrected } = await takeStill(fakeTrack('video'), brighter);
    expect(corrected).to.equal(true);
    expect(blob.type).to.equal('image/jpeg');
    expect(Number.parseInt(await blob.text(), 10)).to.be.above(110);
  });

  for (const [what, first] of [
    ['is refused', fails],
    ['can not be read', gives(new Blob([], { type: 'image/jpeg' }))],
  ] as const) {
    it(`is asked for once more, in the camera’s own size, where the largest one ${what}`, async () => {
      const taken = photo();
      camera(first, gives(taken));
      expect((await takeStill(fakeTrack('video'), null)).blob).to.equal(taken);
      expect(asked).to.deep.equal([largest, undefined]);
    });
  }

  it('is the next frame where the camera takes no photograph at all', async () => {
    camera(fails, fails);
    const { width, height, blob } = await takeStill(frameTrack(), null);
    expect({ width, height }).to.deep.equal({ width: 4, height: 2 });
    expect(blob.type).to.equal('image/jpeg');
  });

  it('is the next frame where the browser takes no photographs', async () => {
    const { width, corrected } = await takeStill(frameTrack(), brighter);
    expect({ width, corrected }).to.deep.equal({ width: 4, corrected: true });
  });

  it('is the next frame where photographs never come, or never can be read', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let decode: () => void = () => undefined;
    give('createImageBitmap', () => {
      bitmaps++;
      return new Promise((resolve) => {
        decode = () => resolve({ width: WIDTH, height: HEIGHT, close: () => bitmaps-- });
      });
    });
    camera(hangs, gives(photo()));
    const taking = takeStill(frameTrack(), null);
    while (asked.length < 1) await new Promise(setImmediate);
    mock.timers.tick(8_000);
    while (bitmaps < 1) await new Promise(setImmediate);
    mock.timers.tick(4_000);
    expect(await taking).to.include({ width: 4, height: 2 });
    mock.timers.reset();
    decode();
    await waitFor('what came too late to be closed', () => bitmaps === 0);
  });
});
