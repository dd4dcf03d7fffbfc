import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { resolveGrants, roles, sources, type Grants } from '../../../../protocol/grants.ts';
import { inviteGrants } from '../../../../server/rooms/invites/inviteGrants.ts';

const host = resolveGrants('host');

describe('the grants of an invitation', () => {
  it('are those of the role where the inviter has them all', () => {
    expect(inviteGrants(host, 'expert')).to.deep.equal({});
    expect(inviteGrants(host, 'expert', { stills: false })).to.deep.equal({ stills: false });
  });

  it('leave out of the role what the inviter has not', () => {
    const poor: Grants = { ...host, stills: false, lookAhead: false, publish: ['microphone'] };
    expect(inviteGrants(poor, 'expert')).to.deep.equal({ stills: false, lookAhead: false, publish: ['microphone'] });
  });

  const beyond: [Partial<Grants>, path: string][] = [
    [{ moderate: true }, 'grants.moderate'],
    [{ lead: true, subscribe: true }, 'grants.lead'],
    [{ publish: ['screen'] }, 'grants.publish'],
  ];
  for (const [asked, path] of beyond) {
    it(`are refused where ${JSON.stringify(asked)} is asked for by who has it not`, () => {
      const guest: Grants = { ...resolveGrants('guest'), publish: ['microphone'], invite: true };
      const invite = () => inviteGrants(guest, 'guest', asked);
      expect(invite).to.throw(ChaxiError).that.includes({ code: 'notAllowed', path });
    });
  }

  it('never go beyond those of the inviter', () => {
    const flag = fc.boolean();
    const anyGrants = fc.record({
      publish: fc.subarray([...sources]),
      ...Object.fromEntries(
        (['subscribe', 'admit', 'moderate', 'stills', 'lookAhead', 'lead', 'invite', 'notes', 'hidden'] as const).map(
          (name) => [name, flag],
        ),
      ),
    }) as fc.Arbitrary<Grants>;
    const anyAsked = fc.record({ publish: fc.subarray([...sources]), admit: flag, hidden: flag }, { requiredKeys: [] });
    fc.assert(
      fc.property(anyGrants, fc.constantFrom(...roles), anyAsked, (own, role, asked) => {
        let given: Partial<Grants>;
        try {
          given = inviteGrants(own, role, asked);
        } catch (error) {
          expect(error).to.include({ code: 'notAllowed' });
          return;
        }
        const resolved = resolveGrants(role, given);
        expect(own.publish).to.include.members(resolved.publish);
        for (const [name, value] of Object.entries(resolved)) {
          if (value === true && name !== 'hidden') expect(own[name as keyof Grants], name).to.equal(true);
        }
      }),
    );
  });
});
