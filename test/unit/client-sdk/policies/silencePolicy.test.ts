import { expect } from 'chai';
import { judgePath, probeTimeoutMs, type PathState } from '../../../../client-sdk/src/policies/silencePolicy.ts';

describe('the silence policy', () => {
  type Media = 'steady' | 'rare';
  const cases: [media: Media, answersCounted: boolean, silentMs: number, path: PathState][] = [
    ['steady', true, 0, 'alive'],
    ['steady', true, 799, 'alive'],
    ['steady', true, 800, 'doubtful'],
    ['steady', true, 3_499, 'doubtful'],
    ['steady', true, 3_500, 'dead'],
    ['rare', true, 0, 'alive'],
    ['rare', true, 3_499, 'alive'],
    ['rare', true, 3_500, 'doubtful'],
    ['rare', true, 7_999, 'doubtful'],
    ['rare', true, 8_000, 'dead'],
    ['steady', false, 799, 'alive'],
    ['steady', false, 800, 'doubtful'],
    ['steady', false, 3_499, 'doubtful'],
    ['steady', false, 3_500, 'alive'],
    ['rare', false, 800, 'alive'],
    ['rare', false, 3_500, 'alive'],
    ['rare', false, 8_000, 'alive'],
    ['rare', false, 600_000, 'alive'],
  ];
  for (const [media, answersCounted, silentMs, path] of cases) {
    const answers = answersCounted ? 'without an answer of ICE' : 'where those of ICE are not counted';
    it(`calls a path ${path} that is silent for ${silentMs} ms after ${media} media, ${answers}`, () => {
      expect(judgePath({ silentMs, steady: media === 'steady', answersCounted })).to.equal(path);
    });
  }

  const timeouts: [rttMs: number | undefined, timeoutMs: number][] = [
    [0, 400],
    [50, 400],
    [100, 500],
    [200, 800],
    [2_000, 3_000],
    [undefined, 800],
  ];
  for (const [rttMs, timeoutMs] of timeouts) {
    it(`waits ${timeoutMs} ms for a socket where a round trip takes ${rttMs ?? 'an unknown number of'} ms`, () => {
      expect(probeTimeoutMs(rttMs)).to.equal(timeoutMs);
    });
  }
});
