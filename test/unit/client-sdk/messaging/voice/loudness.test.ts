import { expect } from 'chai';
import fc from 'fast-check';
import { limits } from '../../../../../protocol/limits.ts';
import { loudnessOf, waveformOf } from '../../../../../client-sdk/src/messaging/voice/loudness.ts';

describe('loudness', () => {
  const sine = (amplitude: number) => Float32Array.from({ length: 2_048 }, (_, at) => amplitude * Math.sin(at / 7));

  for (const [what, samples, level] of [
    ['silence', new Float32Array(2_048), 0],
    ['nothing', new Float32Array(0), 0],
    ['a quiet room', sine(0.0005), 0],
    ['speech', sine(0.1), 62],
    ['the loudest sine', sine(1), 95],
    ['the loudest that there is', new Float32Array(2_048).fill(-1), 100],
  ] as const) {
    it(`of ${what} is ${level}`, () => {
      expect(loudnessOf(samples)).to.be.closeTo(level, 1);
    });
  }

  it('goes into as many parts as may be told, of each the loudest moment', () => {
    expect(waveformOf([1, 9, 2, 3, 8, 4], 3)).to.deep.equal([9, 3, 8]);
    expect(waveformOf([1, 2], 3)).to.deep.equal([1, 2]);
    expect(waveformOf([], 3)).to.deep.equal([0]);
  });

  it('has within the limits of a message whatever was heard', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 2_000 }), (levels) => {
        const waveform = waveformOf(levels);
        expect(waveform.length).to.be.within(1, limits.waveformParts);
        expect(Math.max(...waveform)).to.equal(Math.max(0, ...levels));
        expect(waveform.every((level) => Number.isInteger(level) && level >= 0 && level <= 100)).to.equal(true);
      }),
    );
  });
});
