import { expect } from 'chai';
import { retransmittedAt } from '../../../../bench/relay/retransmission.ts';

describe('retransmittedAt', () => {
  it('is at once where nothing is in the way', () => {
    expect(retransmittedAt(5, 200, 0)).to.equal(5);
    expect(retransmittedAt(5, 200, 5)).to.equal(5);
  });

  it('doubles the time between attempts until one gets through', () => {
    expect(retransmittedAt(0, 200, 1)).to.equal(200);
    expect(retransmittedAt(0, 200, 201)).to.equal(600);
    expect(retransmittedAt(0, 200, 5_000)).to.equal(6_200);
    expect(retransmittedAt(100, 1_000, 5_000)).to.equal(7_100);
  });
});
