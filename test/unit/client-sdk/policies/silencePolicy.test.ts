import { expect } from 'chai';
import { judgePath, probeTimeoutMs, type PathState } from '../../../../client-sdk/src/policies/silencePolicy.ts';

describe('the silence policy', () => {
  const cases: [silentMs: number, steady: boolean, path: PathState][] = [
    [0, true, 'alive'],
    [799, true, 'alive'],
    [800, true, 'doubtful'],
    [3_499, true, 'doubtful'],
    [3_500, true, 'dead'],
    [0, false, 'alive'],
    [800, false, 'alive'],
    [3_499, false, 'alive'],
    [3_500, false, 'dead'],
  ];
  for (const [silentMs, steady, path] of cases) {
    it(`calls a path ${path} that is silent for ${silentMs} ms after ${steady ? 'steady' : 'rare'} media`, () => {
      expect(judgePath({ silentMs, steady })).to.equal(path);
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
