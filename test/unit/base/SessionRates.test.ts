import { expect } from 'chai';
import { limits } from '../../../protocol/limits.ts';
import { SessionRates } from '../../../server/base/SessionRates.ts';

describe('SessionRates', () => {
  it('refuses what comes too fast, and sends away who goes on all the same', () => {
    const goodbyes: string[] = [];
    const rates = new SessionRates(({ code }) => void goodbyes.push(code));
    for (let count = 0; count < limits.requestBurst; count++) rates.take();
    let refused = 0;
    // Some are allowed again while this runs.
    while (goodbyes.length === 0) {
      try {
        rates.take();
      } catch {
        refused++;
      }
    }
    expect(refused).to.be.at.least(limits.excessBurst);
    expect(goodbyes).to.deep.equal(['rateLimited']);
  });

  it('counts what gets no answer too', () => {
    let goodbyes = 0;
    const rates = new SessionRates(() => void goodbyes++);
    for (let count = 0; count < limits.excessBurst; count++) rates.takeExcess();
    expect(goodbyes).to.equal(0);
    while (goodbyes === 0) rates.takeExcess();
    rates.take();
  });
});
