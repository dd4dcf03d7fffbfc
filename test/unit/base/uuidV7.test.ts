import { expect } from 'chai';
import fc from 'fast-check';
import { uuidV7 } from '../../../server/base/uuidV7.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('a UUID of version 7', () => {
  it('has the form of RFC 9562', () => {
    fc.assert(
      fc.property(time, (nowMs) => {
        expect(uuidV7(nowMs)).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it('compares as its time does', () => {
    fc.assert(
      fc.property(time, time, (one, other) => {
        if (one !== other) expect(uuidV7(one) < uuidV7(other)).to.equal(one < other);
      }),
    );
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => uuidV7(1)))).to.have.property('size', 1_000);
  });
});
