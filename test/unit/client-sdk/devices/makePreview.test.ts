import { expect } from 'chai';
import { makePreview } from '../../../../client-sdk/src/devices/makePreview.ts';

describe('the preview of a still', () => {
  let drawn: unknown[][];
  let encode: () => Promise<Blob>;
  const had = Object.getOwnPropertyDescriptor(globalThis, 'OffscreenCanvas');

  class Canvas {
    readonly width: number;
    readonly height: number;
    constructor(width: number, height: number) {
      this.width = width;
      this.height = height;
    }
    getContext() {
      return { drawImage: (...args: unknown[]) => void drawn.push(args) };
    }
    convertToBlob = () => encode();
  }

  beforeEach(() => {
    drawn = [];
    encode = () => Promise.resolve(new Blob(['small'], { type: 'image/jpeg' }));
    Object.defineProperty(globalThis, 'OffscreenCanvas', { value: Canvas, configurable: true });
  });
  afterEach(() => {
    if (had) Object.defineProperty(globalThis, 'OffscreenCanvas', had);
    else Reflect.deleteProperty(globalThis, 'OffscreenCanvas');
  });

  const picture = (width: number, height: number) => ({ width, height }) as ImageBitmap;

  for (const [width, height, small] of [
    [4_032, 3_024, [480, 360]],
    [3_024, 4_032, [360, 480]],
    [1_920, 1_080, [480, 270]],
    [481, 480, [480, 479]],
    [10_000, 3, [480, 1]],
  ] as const) {
    it(`of ${width} x ${height} is ${small.join(' x ')}`, async () => {
      const still = picture(width, height);
      expect(await makePreview(still)).to.be.instanceOf(Blob);
      expect(drawn).to.deep.equal([[still, 0, 0, ...small]]);
    });
  }

  it('is not made of what is small itself', async () => {
    for (const [width, height] of [
      [480, 480],
      [320, 240],
    ] as const) {
      expect(await makePreview(picture(width, height))).to.equal(null);
    }
  });

  it('is done without where it can not be made', async () => {
    encode = () => Promise.reject(new Error('out of memory'));
    expect(await makePreview(picture(640, 480))).to.equal(null);
    Reflect.deleteProperty(globalThis, 'OffscreenCanvas');
    expect(await makePreview(picture(640, 480))).to.equal(null);
  });
});
