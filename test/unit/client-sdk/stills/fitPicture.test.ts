import { expect } from 'chai';
import { fitPicture } from '../../../../client-sdk/src/stills/fitPicture.ts';
import { limits } from '../../../../protocol/limits.ts';
import { rejection } from '../fakes/rejection.ts';

describe('fitting a still to what the server takes', () => {
  const picture = (sizeBytes: number, type = 'image/jpeg') => new Blob([new Uint8Array(sizeBytes)], { type });
  const size = { width: 4_000, height: 3_000 };

  /** A browser whose JPEG has this many bytes at full size, and fewer by its area. */
  function make(fullBytes: number) {
    const scales: number[] = [];
    const encode = (_blob: Blob, scale: number) => {
      scales.push(scale);
      return Promise.resolve(picture(Math.round(fullBytes * scale ** 2)));
    };
    return { scales, encode };
  }

  it('sends what may be sent as it is', async () => {
    const { scales, encode } = make(1);
    for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
      const blob = picture(1_000, type);
      expect(await fitPicture({ blob, ...size }, 1_000, encode)).to.equal(blob);
    }
    expect(scales).to.deep.equal([]);
  });

  it('makes a JPEG in full size of what is too heavy, or of another kind', async () => {
    for (const blob of [picture(1_001), picture(10, 'image/heic'), picture(10, '')]) {
      const { scales, encode } = make(900);
      expect(await fitPicture({ blob, ...size }, 1_000, encode)).to.have.property('size', 900);
      expect(scales).to.deep.equal([1]);
    }
  });

  it('makes it smaller where that does not do', async () => {
    const { scales, encode } = make(50_000);
    const fitted = await fitPicture({ blob: picture(60_000), ...size }, 1_000, encode);
    expect(fitted.size).to.be.within(500, 1_000);
    expect(scales).to.have.length(2);
  });

  it('makes it smaller where it has more pixels than the server takes', async () => {
    const { scales, encode } = make(900);
    const [width, height] = [10_000, (2 * limits.stillPixels) / 10_000];
    await fitPicture({ blob: picture(10), width, height }, 1_000, encode);
    expect(width * height * scales[0]! ** 2).to.be.below(limits.stillPixels);
  });

  it('gives up where nothing is small enough', async () => {
    const encode = () => Promise.resolve(picture(2_000));
    expect((await rejection(fitPicture({ blob: picture(2_000), ...size }, 1_000, encode))).code).to.equal(
      'pictureTooLarge',
    );
  });
});
