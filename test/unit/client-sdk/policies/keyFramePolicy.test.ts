import { expect } from 'chai';
import { keyFrameWaitMs } from '../../../../client-sdk/src/policies/keyFramePolicy.ts';

describe('the key frame policy', () => {
  it('asks after 1.5 s without a frame, then ever more seldom, and at last no more', () => {
    expect([0, 1, 2, 3, 4, 5].map(keyFrameWaitMs)).to.deep.equal([1_500, 3_000, 6_000, 12_000, 24_000, null]);
  });
});
