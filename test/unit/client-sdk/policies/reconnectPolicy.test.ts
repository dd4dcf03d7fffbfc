import { expect } from 'chai';
import fc from 'fast-check';
import {
  defaultReconnectPolicy,
  reconnectDelay,
  welcomeTimeoutMs,
} from '../../../../client-sdk/src/policies/reconnectPolicy.ts';

describe('the reconnect policy', () => {
  const cases: [attempt: number, elapsedMs: number, random: number, delayMs: number | null][] = [
    [0, 0, 0, 0],
    [0, 0, 0.99, 0],
    [1, 10, 0, 300],
    [1, 10, 1, 450],
    [2, 400, 0, 600],
    [5, 10_000, 0, 4_800],
    [50, 59_999, 0, 4_800],
    [50, 59_999, 1, 7_200],
    [3, 60_000, 0, null],
  ];
  for (const [attempt, elapsedMs, random, delayMs] of cases) {
    it(`answers ${delayMs} to attempt ${attempt} after ${elapsedMs} ms with jitter ${random}`, () => {
      expect(reconnectDelay({ attempt, elapsedMs }, random)).to.equal(delayMs);
    });
  }

  it('never waits longer than 7.2 s, and gives up after a minute whatever the attempt', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(120_000), (attempt, elapsedMs) => {
        const delayMs = defaultReconnectPolicy({ attempt, elapsedMs });
        if (elapsedMs >= 60_000) expect(delayMs).to.equal(null);
        else expect(delayMs).to.be.within(0, 7_200);
      }),
    );
  });

  it('gives up attempts that hang sooner at first than later', () => {
    expect([0, 1, 2, 3, 50].map(welcomeTimeoutMs)).to.deep.equal([2_000, 3_000, 5_000, 10_000, 10_000]);
  });
});
