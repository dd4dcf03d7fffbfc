import { expect } from 'chai';
import fc from 'fast-check';
import { TokenBucket } from '../../../server/base/TokenBucket.ts';

const takes = (bucket: TokenBucket, count: number, now: number) =>
  Array.from({ length: count }, () => bucket.take(now)).filter(Boolean).length;

describe('a token bucket', () => {
  it('gives its burst at once and no more', () => {
    expect(takes(new TokenBucket({ perSecond: 10, burst: 5 }, 0), 9, 0)).to.equal(5);
  });

  it('fills at its rate', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    takes(bucket, 5, 0);
    expect(takes(bucket, 9, 99)).to.equal(0);
    expect(takes(bucket, 9, 300)).to.equal(3);
  });

  it('gives several at once or none of them', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    expect(bucket.take(0, 3)).to.equal(true);
    expect(bucket.take(0, 3)).to.equal(false);
    expect(bucket.take(0, 2)).to.equal(true);
  });

  it('never holds more than its burst', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    expect(takes(bucket, 99, 3_600_000)).to.equal(5);
  });

  it('never gives more than burst and rate allow, whatever the pattern', () => {
    const options = fc.record({
      perSecond: fc.integer({ min: 1, max: 1_000 }),
      burst: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(options, fc.array(fc.nat(5_000), { maxLength: 200 }), ({ perSecond, burst }, pauses) => {
        const bucket = new TokenBucket({ perSecond, burst }, 0);
        let now = 0;
        let given = 0;
        for (const pause of pauses) {
          now += pause;
          if (bucket.take(now)) given += 1;
        }
        expect(given).to.be.at.most(burst + (now / 1_000) * perSecond + 1e-6);
      }),
    );
  });
});
