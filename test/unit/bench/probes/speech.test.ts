import { expect } from 'chai';
import { speechLoop } from '../../../../bench/probes/speech.ts';

const RATE = 48_000;

describe('speechLoop', () => {
  const loop = speechLoop(RATE, 8);
  const loudness = (from: number, to: number) =>
    Math.sqrt(loop.subarray(from, to).reduce((sum, value) => sum + value * value, 0) / (to - from));

  it('is as long as its syllables, and the same each time', () => {
    expect(loop).to.have.length(2 * RATE);
    expect(speechLoop(RATE, 8)).to.deep.equal(loop);
  });

  it('is loud, and never clips', () => {
    expect(loudness(0, loop.length)).to.be.above(0.03);
    expect(loop.every((value) => Math.abs(value) < 1)).to.equal(true);
  });

  it('is never silent for 20 ms, the length of a packet, so that transmission does not pause', () => {
    for (let from = 0; from + 960 <= loop.length; from += 960) {
      expect(loudness(from, from + 960), `at ${from}`).to.be.above(0.001);
    }
  });
});
