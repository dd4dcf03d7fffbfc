import { expect } from 'chai';
import {
  encodedFormat,
  frameFormat,
  sameFormat,
  type FrameFormat,
} from '../../../../../client-sdk/src/color/pipeline/frameFormat.ts';

describe('the format of a frame', () => {
  const limited = (matrix: 'bt601' | 'bt709') => ({ matrix, fullRange: false });
  const cases: [what: string, format: string | null, matrix: string | null, range: boolean | null, FrameFormat][] = [
    ['BT.601 of a camera', 'I420', 'smpte170m', false, limited('bt601')],
    ['BT.601 by its other name', 'NV12', 'bt470bg', false, limited('bt601')],
    ['BT.709 of a camera', 'NV12', 'bt709', false, limited('bt709')],
    ['full range of a webcam', 'I420', 'smpte170m', true, { matrix: 'bt601', fullRange: true }],
    ['BT.601 where a camera says nothing', 'I420', null, null, limited('bt601')],
    ['BT.709 without a range as limited', 'I420', 'bt709', null, limited('bt709')],
    ["R'G'B' of a canvas", 'BGRA', 'rgb', true, 'rgb'],
    ["a texture as R'G'B', which the browser makes of it", null, 'bt709', false, 'rgb'],
    ["BT.2020 as R'G'B', which the browser makes of it", 'NV12', 'bt2020-ncl', false, 'rgb'],
    ["ten bits as R'G'B', which the browser makes of it", 'I420P10', 'bt709', false, 'rgb'],
  ];
  for (const [what, format, matrix, fullRange, expected] of cases) {
    it(`is ${what}`, () => expect(frameFormat({ format, colorSpace: { matrix, fullRange } })).to.deep.equal(expected));
  }

  it('is the same where matrix and range are', () => {
    expect(sameFormat(limited('bt601'), limited('bt601'))).to.equal(true);
    expect(sameFormat(limited('bt601'), limited('bt709'))).to.equal(false);
    expect(sameFormat(limited('bt601'), { matrix: 'bt601', fullRange: true })).to.equal(false);
  });

  it('is that of the planes for the encoder, or BT.709 of full range', () => {
    expect(encodedFormat(limited('bt601'))).to.deep.equal(limited('bt601'));
    expect(encodedFormat('rgb')).to.deep.equal({ matrix: 'bt709', fullRange: true });
  });
});
