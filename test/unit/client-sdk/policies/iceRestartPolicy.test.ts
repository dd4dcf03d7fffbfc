import { expect } from 'chai';
import { iceRestartPolicy } from '../../../../client-sdk/src/policies/iceRestartPolicy.ts';

describe('the ICE restart policy', () => {
  const delays = [0, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
  delays.forEach((delayMs, attempt) => {
    it(`waits ${delayMs} ms before attempt ${attempt}`, () => {
      expect(iceRestartPolicy(attempt).delayMs).to.equal(delayMs);
    });
  });

  it('does not wait before the second attempt where the first lost its socket', () => {
    expect(iceRestartPolicy(1, 'connectionLost').delayMs).to.equal(0);
    expect(iceRestartPolicy(1, 'requestTimeout').delayMs).to.equal(1_000);
    expect(iceRestartPolicy(2, 'connectionLost').delayMs).to.equal(2_000);
  });

  it('reports once, at the fourth attempt', () => {
    const reports = delays.map((_, attempt) => iceRestartPolicy(attempt).report);
    expect(reports).to.deep.equal([false, false, false, true, false, false, false]);
  });
});
