import { expect } from 'chai';
import fc from 'fast-check';
import type { Picture } from '../../../../client-sdk/src/color/index.ts';
import { averageCircle } from '../../../../web/src/color/averageCircle.ts';

type Pixel = readonly [number, number, number, number];

function picture(width: number, height: number, pixelAt: (x: number, y: number) => Pixel): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(pixelAt(x, y), 4 * (y * width + x));
  }
  return { width, height, data };
}
const rounded = (color: readonly number[] | null) => color?.map(Math.round);

describe('the mean of a circle', () => {
  const blackAndWhite = picture(9, 9, (x) => (x < 4 ? [0, 0, 0, 255] : [255, 255, 255, 255]));

  it('is the pixel itself where the radius is 0', () => {
    expect(rounded(averageCircle(blackAndWhite, { x: 3, y: 4 }, 0))).to.deep.equal([0, 0, 0]);
    expect(rounded(averageCircle(blackAndWhite, { x: 4, y: 4 }, 0))).to.deep.equal([255, 255, 255]);
  });

  it('is taken of light, not of bytes', () => {
    const half = picture(2, 1, (x) => (x === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    expect(rounded(averageCircle(half, { x: 0, y: 0 }, 1))).to.deep.equal([188, 188, 188]);
  });

  it('leaves the corners of the square out', () => {
    const corners = picture(5, 5, (x, y) => (x % 4 === 0 && y % 4 === 0 ? [255, 0, 0, 255] : [10, 20, 30, 255]));
    expect(rounded(averageCircle(corners, { x: 2, y: 2 }, 2))).to.deep.equal([10, 20, 30]);
  });

  it('does not count what lies beyond the edge, or is transparent', () => {
    const clear = picture(5, 5, (x) => (x < 2 ? [0, 0, 0, 0] : [40, 50, 60, 255]));
    expect(rounded(averageCircle(clear, { x: 2, y: 0 }, 2))).to.deep.equal([40, 50, 60]);
    expect(averageCircle(clear, { x: 0, y: 0 }, 1)).to.equal(null);
    expect(averageCircle(clear, { x: -9, y: 0 }, 2)).to.equal(null);
  });

  it('of one colour is that colour, wherever it is taken', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const place = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), place, place, fc.integer({ min: 0, max: 6 }), (rgb, x, y, radius) => {
        const plain = picture(9, 9, () => [...rgb, 255]);
        expect(rounded(averageCircle(plain, { x, y }, radius))).to.deep.equal(rgb);
      }),
    );
  });
});
