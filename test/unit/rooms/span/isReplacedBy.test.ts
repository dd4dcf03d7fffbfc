import { expect } from 'chai';
import fc from 'fast-check';
import { isReplacedBy } from '../../../../server/rooms/span/isReplacedBy.ts';

describe('the same person on several nodes', () => {
  it('stays where they came last', () => {
    expect(isReplacedBy({ id: 'b', enteredAt: 1 }, { id: 'a', enteredAt: 2 })).to.equal(true);
    expect(isReplacedBy({ id: 'a', enteredAt: 2 }, { id: 'b', enteredAt: 1 })).to.equal(false);
  });

  it('stays once, however many sessions entered at the same moment, whichever hear of each other first', () => {
    const sessions = fc.uniqueArray(fc.record({ id: fc.string(), enteredAt: fc.nat(2) }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(sessions, (all) => {
        const staying = all.filter((own) => !all.some((other) => other !== own && isReplacedBy(own, other)));
        expect(staying).to.have.length(1);
      }),
    );
  });
});
