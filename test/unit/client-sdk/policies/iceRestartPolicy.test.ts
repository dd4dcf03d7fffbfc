import { expect } from 'chai';
import { iceRestartPolicy } from '../../../../client-sdk/src/policies/iceRestartPolicy.ts';

describe('the ICE restart policy', () => {
  const delays = [0, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
  delays.forEach((delayMs, attempt) => {
    it(`waits ${delayMs} ms before attempt ${attempt}`, () => {
      expect(iceRestartPolicy(attempt).delayMs).to.equal(delayMs);
    });
  });

  it('reports once, at the fourth attempt', () => {
    const reports = delays.map((_, attempt) => iceRestartPolicy(attempt).report);
    expect(reports).to.deep.equal([false, false, false, true, false, false, false]);
  });
});
