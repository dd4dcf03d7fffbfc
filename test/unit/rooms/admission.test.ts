import { expect } from 'chai';
import fc from 'fast-check';
import { resolveGrants } from '../../../protocol/grants.ts';
import { decideAdmission } from '../../../server/rooms/admission.ts';

const guest = resolveGrants('guest');
const host = resolveGrants('host');
const observer = resolveGrants('observer');
const full = { refuse: 'roomFull' };

describe('admission', () => {
  const free = { grants: guest, admitted: false, lobby: false, seatsTaken: 1, maxParticipants: 2 };
  const cases: [says: string, state: Partial<typeof free>, decision: unknown][] = [
    ['lets a guest in where there is a seat', {}, 'enter'],
    ['refuses a guest where there is none', { seatsTaken: 2 }, full],
    ['refuses a host where there is none', { grants: host, seatsTaken: 2 }, full],
    ['lets the hidden in where there is no seat', { grants: observer, seatsTaken: 2 }, 'enter'],
    ['has a guest wait in the lobby', { lobby: true }, 'wait'],
    ['has the hidden wait in the lobby too', { grants: observer, lobby: true, seatsTaken: 2 }, 'wait'],
    ['has no one wait who may admit', { grants: host, lobby: true }, 'enter'],
    ['lets in who was admitted', { lobby: true, admitted: true }, 'enter'],
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
    const grants = fc.constantFrom(guest, host, observer);
    fc.assert(
      fc.property(grants, fc.boolean(), fc.boolean(), fc.nat(10), fc.integer({ min: 1, max: 10 }), (...drawn) => {
        const [who, admitted, lobby, seatsTaken, maxParticipants] = drawn;
        const decision = decideAdmission({ grants: who, admitted, lobby, seatsTaken, maxParticipants });
        if (decision === 'enter' && !who.hidden) expect(seatsTaken).to.be.below(maxParticipants);
      }),
    );
  });
});
