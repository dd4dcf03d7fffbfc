import { expect } from 'chai';
import fc from 'fast-check';
import { seatLosers, type Seated } from '../../../../server/rooms/span/seatLosers.ts';

const seated = (id: string, joinedAt: number, sinceMs?: number): Seated => ({ id, joinedAt, sinceMs });

describe('who loses a seat that two nodes have given away', () => {
  it('is nobody while there are enough', () => {
    expect(seatLosers([seated('a', 1, 0), seated('b', 2)], 2)).to.deep.equal([]);
  });

  it('is who of this node came last, and nobody of another one', () => {
    expect(seatLosers([seated('a', 1), seated('b', 2, 10), seated('c', 3)], 1)).to.deep.equal(['b']);
    expect(seatLosers([seated('a', 1), seated('b', 3, 10), seated('c', 2)], 2)).to.deep.equal(['b']);
    expect(seatLosers([seated('a', 1), seated('b', 2, 10), seated('c', 3)], 2)).to.deep.equal([]);
  });

  it('is decided by the id of those who came in the same millisecond', () => {
    expect(seatLosers([seated('a', 1, 0), seated('b', 1)], 1)).to.deep.equal([]);
    expect(seatLosers([seated('a', 1), seated('b', 1, 0)], 1)).to.deep.equal(['b']);
  });

  it('is nobody who has sat for a while, whatever the clocks of the nodes say', () => {
    expect(seatLosers([seated('a', 1), seated('b', 99_999, 60_000)], 1)).to.deep.equal([]);
  });

  it('leaves as many as there are seats, when all nodes have decided', () => {
    const people = fc.uniqueArray(fc.record({ id: fc.uuid(), joinedAt: fc.integer(), node: fc.nat(2) }), {
      selector: ({ id }) => id,
      maxLength: 20,
    });
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 10 }), (all, seats) => {
        const seenBy = (node: number) =>
          all.map(({ id, joinedAt, node: own }) => seated(id, joinedAt, own === node ? 1 : undefined));
        const losers = [0, 1, 2].flatMap((node) => seatLosers(seenBy(node), seats));
        expect(new Set(losers).size).to.equal(losers.length);
        expect(all.length - losers.length).to.equal(Math.min(all.length, seats));
      }),
    );
  });
});
