import { expect } from 'chai';
import fc from 'fast-check';
import { convertPlanes } from '../../../../../client-sdk/src/color/pipeline/convertPlanes.ts';
import { correctPlanes } from '../../../../../client-sdk/src/color/pipeline/correctPlanes.ts';
import { readPixels } from '../../../../../client-sdk/src/color/pipeline/readPixels.ts';
import { writePixels } from '../../../../../client-sdk/src/color/pipeline/writePixels.ts';
import { applyAffine, rgbToYuv, yuvToRgb, yuvToYuv } from '../../../../../client-sdk/src/color/yuv.ts';
import { anyCorrection, noCorrection, reference } from '../corrections.ts';
import { anyFormat, anySize, asNv12, emptyPlanes, flatPlanes } from './planePictures.ts';

const byte = fc.integer({ min: 0, max: 255 });
const color = fc.tuple(byte, byte, byte);
const clamp = (value: number) => Math.min(255, Math.max(0, value));
const limited601 = { matrix: 'bt601', fullRange: false } as const;
const limited709 = { matrix: 'bt709', fullRange: false } as const;

describe('the conversion of planes', () => {
  it('takes every sample through the affine step, to the nearest byte, in any size', () => {
    fc.assert(
      fc.property(anyFormat, anyFormat, anySize, color, (from, to, size, yuv) => {
        const made = emptyPlanes(size);
        convertPlanes(flatPlanes(size, yuv), made, yuvToYuv(from, to));
        const [luma, blue, red] = applyAffine(yuvToYuv(from, to), yuv).map(clamp) as [number, number, number];
        const { data, chroma } = made;
        const planes = [
          [data.subarray(0, chroma.blueOffset), luma],
          [data.subarray(chroma.blueOffset, chroma.redOffset), blue],
          [data.subarray(chroma.redOffset), red],
        ] as const;
        for (const [samples, meant] of planes) {
          for (const sample of samples) expect(sample).to.be.closeTo(meant, 0.52);
        }
      }),
    );
  });

  it('reads NV12 with gaps as it reads I420', () => {
    fc.assert(
      fc.property(anySize, fc.infiniteStream(byte), (size, bytes) => {
        const from = emptyPlanes(size);
        for (const [index] of from.data.entries()) from.data[index] = bytes.next().value ?? 0;
        const [one, other] = [emptyPlanes(size), emptyPlanes(size)];
        const step = yuvToYuv(limited709, limited601);
        convertPlanes(from, one, step);
        convertPlanes(asNv12(from), other, step);
        expect([...other.data]).to.deep.equal([...one.data]);
        correctPlanes(from, limited709, one, limited601, noCorrection);
        correctPlanes(asNv12(from), limited709, other, limited601, noCorrection);
        expect([...other.data]).to.deep.equal([...one.data]);
        expect([...writePixels(asNv12(from), limited709)]).to.deep.equal([...writePixels(from, limited709)]);
      }),
    );
  });
});

describe('pixels of a canvas', () => {
  it('become the Y’CbCr of their format, to the nearest byte, in any size and order of bytes', () => {
    fc.assert(
      fc.property(anyFormat, anySize, color, fc.constantFrom('rgba', 'bgra'), (format, size, rgb, order) => {
        const [red, green, blue] = rgb;
        const pixel = order === 'rgba' ? [red, green, blue, 255] : [blue, green, red, 255];
        const data = Uint8ClampedArray.from({ length: size.width * size.height * 4 }, (_, at) => pixel[at % 4]!);
        const made = emptyPlanes(size);
        readPixels({ data, ...size, order }, made, format);
        const [luma, cb, cr] = applyAffine(rgbToYuv(format), rgb);
        const { chroma } = made;
        for (const [at, sample] of made.data.entries()) {
          const meant = at < chroma.blueOffset ? luma : at < chroma.redOffset ? cb : cr;
          expect(sample).to.be.closeTo(clamp(meant), 0.52);
        }
      }),
    );
  });

  it('share the mean chroma of each four', () => {
    const data = new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0, 255, 0, 0, 255, 255]);
    const made = emptyPlanes({ width: 2, height: 2 });
    readPixels({ data, width: 2, height: 2, order: 'rgba' }, made, limited601);
    expect([...made.data]).to.deep.equal([81, 41, 81, 41, 165, 175]);
  });

  it('come back from planes as they went in, but for rounding', () => {
    fc.assert(
      fc.property(anyFormat, anySize, color, (format, size, yuv) => {
        const pixels = writePixels(flatPlanes(size, yuv), format);
        const meant = applyAffine(yuvToRgb(format), yuv).map(clamp);
        expect(pixels).to.have.lengthOf(size.width * size.height * 4);
        for (const [at, value] of pixels.entries()) {
          expect(value).to.be.closeTo(at % 4 === 3 ? 255 : meant[at % 4]!, 0.52);
        }
      }),
    );
  });
});

describe('the correction of planes', () => {
  it('gives a flat area the colour of the mathematics, for any correction and format', () => {
    fc.assert(
      fc.property(anyFormat, anyFormat, anySize, color, anyCorrection, (from, to, size, rgb, correction) => {
        const yuv = applyAffine(rgbToYuv(from), rgb).map(Math.round) as [number, number, number];
        const made = emptyPlanes(size);
        correctPlanes(flatPlanes(size, yuv), from, made, to, correction);
        const seen = applyAffine(yuvToRgb(from), yuv).map(clamp) as [number, number, number];
        const [luma, cb, cr] = applyAffine(rgbToYuv(to), reference(seen, correction));
        const { chroma } = made;
        for (const [at, sample] of made.data.entries()) {
          const meant = at < chroma.blueOffset ? luma : at < chroma.redOffset ? cb : cr;
          expect(sample).to.be.closeTo(meant, 1.5);
        }
      }),
    );
  });

  it('keeps the contrast within a block of greys', () => {
    const from = flatPlanes({ width: 2, height: 2 }, [120, 128, 128]);
    from.data.set([110, 130, 115, 125]);
    const made = emptyPlanes({ width: 2, height: 2 });
    const brighter = { ...noCorrection, gains: [1.5, 1.5, 1.5] as const };
    correctPlanes(from, limited601, made, limited601, brighter);
    for (const [at, luma] of [110, 130, 115, 125].entries()) {
      const [grey] = applyAffine(yuvToRgb(limited601), [luma, 128, 128]);
      const [meant] = applyAffine(rgbToYuv(limited601), reference([grey, grey, grey], brighter));
      expect(made.data[at]).to.be.closeTo(meant, 1);
    }
  });

  const clipped: [what: string, lumas: [number, number, number, number], gain: number][] = [
    ['white without its grain', [225, 235, 228, 232], 2],
    ['white where the light was uneven', [180, 235, 190, 220], 2],
    ['what is dark beside white', [100, 235, 235, 235], 2],
    ['white and grey', [120, 235, 120, 235], 1.6],
    ['black and grey', [16, 120, 16, 120], 0.6],
    ['black without what lies below it', [8, 16, 10, 14], 1.5],
  ];
  for (const [what, lumas, gain] of clipped) {
    for (const target of [limited601, { ...limited601, fullRange: true }]) {
      it(`keeps ${what}, in ${target.fullRange ? 'full' : 'limited'} range`, () => {
        const from = flatPlanes({ width: 2, height: 2 }, [0, 128, 128]);
        from.data.set(lumas);
        const made = emptyPlanes({ width: 2, height: 2 });
        const correction = { ...noCorrection, gains: [gain, gain, gain] as const };
        correctPlanes(from, limited601, made, target, correction);
        for (const [at, luma] of lumas.entries()) {
          const grey = clamp(applyAffine(yuvToRgb(limited601), [luma, 128, 128])[0]);
          const [meant] = applyAffine(rgbToYuv(target), reference([grey, grey, grey], correction));
          expect(made.data[at]).to.be.closeTo(meant, 2);
        }
      });
    }
  }

  it('gives no luma that the format does not have, for any correction of any block', () => {
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), byte, byte, anyCorrection, (lumas, cb, cr, correction) => {
        const from = flatPlanes({ width: 2, height: 2 }, [0, cb, cr]);
        from.data.set(lumas);
        const made = emptyPlanes({ width: 2, height: 2 });
        correctPlanes(from, limited601, made, limited601, correction);
        for (const luma of made.data.subarray(0, 4)) expect(luma).to.be.within(16, 235);
      }),
    );
  });

  it('does it in place too', () => {
    const correction = { ...noCorrection, gains: [0.8, 1, 1.3] as const };
    const planes = flatPlanes({ width: 5, height: 3 }, [140, 110, 150]);
    const made = emptyPlanes({ width: 5, height: 3 });
    correctPlanes(planes, limited709, made, limited601, correction);
    correctPlanes(planes, limited709, planes, limited601, correction);
    expect([...planes.data]).to.deep.equal([...made.data]);
  });
});
