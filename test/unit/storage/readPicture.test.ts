import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import { readPicture } from '../../../server/storage/readPicture.ts';
import { jpegPicture, pngPicture, webpPicture } from '../../helpers/pictures.ts';

const makers = { 'image/jpeg': jpegPicture, 'image/png': pngPicture, 'image/webp': webpPicture } as const;

/** The code that a picture is refused with; undefined where it is taken. */
function refusalOf(bytes: Uint8Array): string | undefined {
  try {
    readPicture(bytes, limits.stillPixels);
    return undefined;
  } catch (error) {
    if (error instanceof ChaxiError) return error.code;
    throw error;
  }
}

describe('reading a picture', () => {
  for (const [mimeType, make] of Object.entries(makers)) {
    it(`finds type and size of ${mimeType}`, () => {
      const side = fc.integer({ min: 1, max: mimeType === 'image/png' ? 300 : 8_000 });
      fc.assert(
        fc.property(side, side, (width, height) => {
          expect(readPicture(make({ width, height }), width * height)).to.deep.equal({ mimeType, width, height });
        }),
      );
    });
  }

  for (const [orientation, turned] of [
    [1, false],
    [3, false],
    [4, false],
    [5, true],
    [6, true],
    [8, true],
  ] as const) {
    it(`${turned ? 'turns' : 'does not turn'} a JPEG of orientation ${orientation}`, () => {
      const { width, height } = readPicture(jpegPicture({ width: 400, height: 300, orientation }), 120_000);
      expect([width, height]).to.deep.equal(turned ? [300, 400] : [400, 300]);
    });
  }

  it('looks at the bytes that it is given and at none beside them', () => {
    const picture = pngPicture({ width: 7, height: 5 });
    const around = Buffer.concat([Buffer.from('GIF89a'), picture, picture]);
    expect(readPicture(around.subarray(6, 6 + picture.length), 35)).to.include({ width: 7, height: 5 });
  });

  it('refuses what has more pixels than it may', () => {
    const width = 10_000;
    const height = limits.stillPixels / width;
    expect(refusalOf(jpegPicture({ width, height }))).to.equal(undefined);
    expect(refusalOf(jpegPicture({ width, height: height + 1 }))).to.equal('pictureTooLarge');
  });

  it('takes or refuses whatever comes, and never fails in another way', () => {
    const heads = Object.values(makers).map((make) => make());
    const spoiled = fc
      .tuple(
        fc.constantFrom(...heads),
        fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 8 }),
        fc.nat(200),
        fc.uint8Array({ maxLength: 400 }),
      )
      .map(([head, changes, length, rest]) => {
        const bytes = Buffer.concat([head.subarray(0, length), rest]);
        for (const [place, value] of changes) if (place < bytes.length) bytes[place] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(spoiled, fc.uint8Array({ maxLength: 600 })), (bytes) => {
        expect(refusalOf(bytes)).to.be.oneOf([undefined, 'pictureNotSupported', 'pictureTooLarge']);
      }),
      { numRuns: 2_000 },
    );
  });
});
