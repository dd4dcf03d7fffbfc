import { expect } from 'chai';
import { uploadRetryDelay } from '../../../../client-sdk/src/policies/uploadRetryPolicy.ts';

const plenty = 60_000;

describe('the policy of sending a picture again', () => {
  for (const status of [null, 408, 429, 500, 502, 503, 504]) {
    it(`sends it again after ${status ?? 'no answer'}`, () => {
      expect(uploadRetryDelay({ attempt: 0, remainingMs: plenty, status })).to.equal(250);
    });
  }

  for (const status of [400, 401, 403, 404, 409, 413, 415]) {
    it(`does not after ${status}`, () => {
      expect(uploadRetryDelay({ attempt: 0, remainingMs: plenty, status })).to.equal(null);
    });
  }

  it('waits twice as long each time, up to four seconds', () => {
    const delays = [0, 1, 2, 3, 4, 5, 9].map((attempt) =>
      uploadRetryDelay({ attempt, remainingMs: plenty, status: null }),
    );
    expect(delays).to.deep.equal([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
  });

  it('gives up where it would come too late', () => {
    expect(uploadRetryDelay({ attempt: 2, remainingMs: 1_001, status: 503 })).to.equal(1_000);
    expect(uploadRetryDelay({ attempt: 2, remainingMs: 1_000, status: 503 })).to.equal(null);
    expect(uploadRetryDelay({ attempt: 0, remainingMs: -1, status: null })).to.equal(null);
  });
});
