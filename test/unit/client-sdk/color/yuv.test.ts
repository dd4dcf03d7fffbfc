import { expect } from 'chai';
import fc from 'fast-check';
import { applyAffine, rgbToYuv, yuvToRgb, yuvToYuv, type YuvFormat } from '../../../../client-sdk/src/color/yuv.ts';

const formats: YuvFormat[] = (['bt601', 'bt709'] as const).flatMap((matrix) =>
  [false, true].map((fullRange) => ({ matrix, fullRange })),
);
const byte = fc.integer({ min: 0, max: 255 });
const anyFormat = fc.constantFrom(...formats);

describe("the matrices between R'G'B' and Y'CbCr", () => {
  /** As the recommendations print them: of values from 0 to 1, luma and the two differences. */
  const published = {
    bt601: [
      [0.299, 0.587, 0.114],
      [-0.168_736, -0.331_264, 0.5],
      [0.5, -0.418_688, -0.081_312],
    ],
    bt709: [
      [0.2126, 0.7152, 0.0722],
      [-0.114_572, -0.385_428, 0.5],
      [0.5, -0.454_153, -0.045_847],
    ],
  };
  for (const matrix of ['bt601', 'bt709'] as const) {
    it(`have the published coefficients of ${matrix}`, () => {
      const full = rgbToYuv({ matrix, fullRange: true });
      const limited = rgbToYuv({ matrix, fullRange: false });
      for (const [row, coefficients] of published[matrix].entries()) {
        const range = (row === 0 ? 219 : 224) / 255;
        for (const [column, coefficient] of coefficients.entries()) {
          expect(full[row]![column]).to.be.closeTo(coefficient, 1e-6);
          expect(limited[row]![column]).to.be.closeTo(coefficient * range, 1e-6);
        }
      }
    });
  }

  const points: [format: YuvFormat, rgb: [number, number, number], yuv: [number, number, number]][] = [
    [{ matrix: 'bt601', fullRange: false }, [0, 0, 0], [16, 128, 128]],
    [{ matrix: 'bt601', fullRange: false }, [255, 255, 255], [235, 128, 128]],
    [{ matrix: 'bt601', fullRange: false }, [255, 0, 0], [81, 90, 240]],
    [{ matrix: 'bt601', fullRange: false }, [0, 0, 255], [41, 240, 110]],
    [{ matrix: 'bt709', fullRange: false }, [255, 0, 0], [63, 102, 240]],
    [{ matrix: 'bt709', fullRange: false }, [0, 255, 0], [173, 42, 26]],
    [{ matrix: 'bt601', fullRange: true }, [255, 255, 255], [255, 128, 128]],
    [{ matrix: 'bt601', fullRange: true }, [0, 255, 0], [150, 44, 21]],
  ];
  for (const [format, rgb, yuv] of points) {
    it(`take ${rgb.join(', ')} to ${yuv.join(', ')} (${format.matrix}, ${format.fullRange ? 'full' : 'limited'})`, () => {
      expect(applyAffine(rgbToYuv(format), rgb).map(Math.round)).to.deep.equal(yuv);
    });
  }

  it('are undone by their inverse', () => {
    fc.assert(
      fc.property(anyFormat, fc.tuple(byte, byte, byte), (format, rgb) => {
        const back = applyAffine(yuvToRgb(format), applyAffine(rgbToYuv(format), rgb));
        for (const [index, value] of back.entries()) expect(value).to.be.closeTo(rgb[index]!, 1e-9);
      }),
    );
  });

  it('go from format to format as they go by way of R’G’B’', () => {
    fc.assert(
      fc.property(anyFormat, anyFormat, fc.tuple(byte, byte, byte), (from, to, yuv) => {
        const direct = applyAffine(yuvToYuv(from, to), yuv);
        const around = applyAffine(rgbToYuv(to), applyAffine(yuvToRgb(from), yuv));
        for (const [index, value] of direct.entries()) expect(value).to.be.closeTo(around[index]!, 1e-9);
      }),
    );
  });

  it('leave chroma without luma, so that one value serves four pixels', () => {
    for (const from of formats) {
      for (const to of formats) {
        const [, blue, red] = yuvToYuv(from, to);
        expect(blue[0]).to.be.closeTo(0, 1e-12);
        expect(red[0]).to.be.closeTo(0, 1e-12);
      }
    }
  });
});
