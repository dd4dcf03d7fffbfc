import { expect } from 'chai';
import fc from 'fast-check';
import { drawFrameId, ID_BITS, readFrameId } from '../../../../bench/probes/frameId.ts';

const WIDTH = 640;
const HEIGHT = 40;

function drawn(id: number): Uint8Array {
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(120);
  drawFrameId(luma, WIDTH, id);
  return luma;
}

/** As a codec does it: each pixel the nearest of the original. */
function scaled(luma: Uint8Array, scale: number): Uint8Array {
  const width = Math.round(WIDTH * scale);
  const height = Math.round(HEIGHT * scale);
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const x = Math.floor((index % width) / scale);
    const y = Math.floor(Math.floor(index / width) / scale);
    return luma[y * WIDTH + x]!;
  });
}

describe('frame ids', () => {
  it('are read as they were drawn, also from a smaller picture', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** ID_BITS - 1 }), fc.constantFrom(1, 0.75, 0.5, 0.25), (id, scale) => {
        const width = Math.round(WIDTH * scale);
        expect(readFrameId(scaled(drawn(id), scale), width, scale)).to.equal(id);
      }),
    );
  });

  it('are read from a picture that a codec has made noisy', () => {
    const noise = (index: number) => ((index * 7_919) % 61) - 30;
    const noisy = Uint8Array.from(drawn(0xabcdef), (value, index) => Math.min(255, Math.max(0, value + noise(index))));
    expect(readFrameId(noisy, WIDTH, 1)).to.equal(0xabcdef);
  });

  it('are not found in a picture without one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT }), (luma) => {
        expect(readFrameId(luma, WIDTH, 1)).to.equal(null);
      }),
      { numRuns: 20 },
    );
    expect(readFrameId(new Uint8Array(WIDTH * HEIGHT).fill(16), WIDTH, 1)).to.equal(null);
  });

  it('are not believed where a block does not fit its check', () => {
    const luma = drawn(5);
    for (let y = 0; y < 16; y++) luma.fill(235, y * WIDTH, y * WIDTH + 16);
    expect(readFrameId(luma, WIDTH, 1)).to.equal(null);
  });
});
