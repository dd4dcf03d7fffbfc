import { expect } from 'chai';
import fc from 'fast-check';
import { respawnDelayMs } from '../../../server/base/respawnDelay.ts';

describe('the wait before a dead worker is replaced', () => {
  const now = 1_000_000;
  const cases: { deathsAgoMs: number[]; delayMs: number }[] = [
    { deathsAgoMs: [], delayMs: 0 },
    { deathsAgoMs: [0], delayMs: 0 },
    { deathsAgoMs: [59_999, 0], delayMs: 250 },
    { deathsAgoMs: [60_000, 0], delayMs: 0 },
    { deathsAgoMs: [3, 2, 1], delayMs: 500 },
    { deathsAgoMs: [6, 5, 4, 3, 2, 1, 0], delayMs: 8_000 },
    { deathsAgoMs: [7, 6, 5, 4, 3, 2, 1, 0], delayMs: 10_000 },
  ];
  for (const { deathsAgoMs, delayMs } of cases) {
    it(`is ${delayMs} ms after deaths ${deathsAgoMs.join(', ') || 'never'} ms ago`, () => {
      expect(
        respawnDelayMs(
          deathsAgoMs.map((ago) => now - ago),
          now,
        ),
      ).to.equal(delayMs);
    });
  }

  it('never shrinks with one more death and stays within ten seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120_000), { maxLength: 40 }), (ago) => {
        const deaths = ago.map((ms) => now - ms);
        const delayMs = respawnDelayMs(deaths, now);
        expect(respawnDelayMs([...deaths, now], now)).to.be.at.least(delayMs);
        expect(delayMs).to.be.within(0, 10_000);
      }),
    );
  });
});
