import { expect } from 'chai';
import fc from 'fast-check';
import { decideAdmission } from '../../../server/rooms/admission.ts';

const full = { refuse: 'roomFull' };

describe('admission', () => {
  const free = { hidden: false, admitted: false, lobby: false, seatsTaken: 1, maxParticipants: 2 };
  const cases: [says: string, state: Partial<typeof free>, decision: unknown][] = [
    ['lets a guest in where there is a seat', {}, 'enter'],
    ['refuses a guest where there is none', { seatsTaken: 2 }, full],
    ['lets the hidden in where there is no seat', { hidden: true, seatsTaken: 2 }, 'enter'],
    ['has a guest wait in the lobby', { lobby: true }, 'wait'],
    ['has the hidden wait in the lobby too', { hidden: true, lobby: true, seatsTaken: 2 }, 'wait'],
    ['lets in who was admitted, or need not wait', { lobby: true, admitted: true }, 'enter'],
    [
      'refuses who was admitted when the room has filled up since',
      { lobby: true, admitted: true, seatsTaken: 2 },
      full,
    ],
    ['does not fill the lobby of a full room', { lobby: true, seatsTaken: 2 }, full],
  ];
  for (const [says, state, decision] of cases) {
    it(says, () => expect(decideAdmission({ ...free, ...state })).to.deep.equal(decision));
  }

  it('never overfills a room', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(10), fc.integer({ min: 1, max: 10 }), (...drawn) => {
        const [hidden, admitted, lobby, seatsTaken, maxParticipants] = drawn;
        const decision = decideAdmission({ hidden, admitted, lobby, seatsTaken, maxParticipants });
        if (decision === 'enter' && !hidden) expect(seatsTaken).to.be.below(maxParticipants);
      }),
    );
  });
});
