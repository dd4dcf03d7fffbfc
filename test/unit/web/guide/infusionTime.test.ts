import { expect } from 'chai';
import { markSeconds, parseSeconds } from '../../../../web/src/guide/infusionTime.ts';

describe('the time of an infusion', () => {
  for (const [seconds, text] of [
    [5, '5″'],
    [60, '1′'],
    [90, '1′30″'],
    [3_600, '60′'],
  ] as const) {
    it(`of ${seconds} seconds is written ${text}, and read again`, () => {
      expect(markSeconds(seconds)).to.equal(text);
      expect(parseSeconds(text)).to.equal(seconds);
    });
  }

  for (const [text, seconds] of [
    ['90', 90],
    [' 1:30 ', 90],
    ['1：30', 90],
    ['2:', 120],
    ['0', 0],
    ['1:75', null],
    ['soon', null],
    ['', null],
    ['-5', null],
    ['1.5', null],
  ] as const) {
    it(`written “${text}” is ${seconds}`, () => {
      expect(parseSeconds(text)).to.equal(seconds);
    });
  }
});
