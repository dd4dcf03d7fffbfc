import { expect } from 'chai';
import {
  conversionNeeded,
  type ConversionInput,
} from '../../../../../client-sdk/src/color/pipeline/conversionPolicy.ts';

describe('the policy of converting frames', () => {
  const bt601 = { matrix: 'bt601', fullRange: false } as const;
  const bt709 = { matrix: 'bt709', fullRange: false } as const;
  const bt709Full = { matrix: 'bt709', fullRange: true } as const;
  const full = { matrix: 'bt601', fullRange: true } as const;
  const tea: ConversionInput = { profile: 'tea', corrected: false, target: bt601, format: bt601, converting: false };

  const cases: [what: string, input: ConversionInput, needed: boolean][] = [
    ['a camera of BT.601 for VP8 as it is', tea, false],
    ['a camera of BT.709 for VP8', { ...tea, format: bt709 }, true],
    ['a camera of full range for VP8', { ...tea, format: full }, true],
    ['a canvas for VP8', { ...tea, format: 'rgb' }, true],
    ['a camera of BT.601 for VP9', { ...tea, target: bt709 }, true],
    ['a camera of BT.709 for VP9 as it is', { ...tea, target: bt709, format: bt709 }, false],
    ['a canvas for H.264 as it is', { ...tea, target: bt709Full, format: 'rgb' }, false],
    ['a canvas for an H.264 that was begun with a camera', { ...tea, format: 'rgb' }, true],
    ['whatever comes first for H.264 as it is', { ...tea, target: null }, false],
    ['whatever is corrected', { ...tea, corrected: true }, true],
    ['whatever is corrected for H.264', { ...tea, target: null, corrected: true }, true],
    ['a person as it is', { ...tea, profile: 'standard', format: 'rgb' }, false],
    ['a person where it is corrected', { ...tea, profile: 'standard', corrected: true }, true],
    ['nothing before a frame was seen', { ...tea, format: null }, false],
    ['what is opened again as it was before', { ...tea, format: null, converting: true }, true],
    ['no longer what needs it no longer', { ...tea, converting: true }, false],
  ];
  for (const [what, input, needed] of cases) {
    it(`${needed ? 'converts' : 'sends'} ${what}`, () => expect(conversionNeeded(input)).to.equal(needed));
  }
});
