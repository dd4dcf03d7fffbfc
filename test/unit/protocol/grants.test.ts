import { expect } from 'chai';
import fc from 'fast-check';
import { resolveGrants, roleGrants, roles, sourceKinds, sources } from '../../../protocol/grants.ts';
import { grantsSchema } from '../../../protocol/participants.ts';

describe('the grants of a role', () => {
  const taster = {
    publishes: true,
    subscribe: true,
    admit: false,
    moderate: false,
    stills: true,
    lookAhead: false,
    lead: false,
    invite: false,
    notes: true,
    hidden: false,
  };
  const presets = {
    host: { ...taster, admit: true, moderate: true, lookAhead: true, lead: true, invite: true },
    guest: taster,
    expert: { ...taster, lookAhead: true },
    observer: { ...taster, publishes: false, stills: false, notes: false, hidden: true },
  };
  for (const role of roles) {
    it(`are for a ${role} what the documentation says`, () => {
      const { publish, ...rest } = resolveGrants(role);
      expect({ publishes: publish.length === sources.length, ...rest }).to.deep.equal(presets[role]);
    });
  }

  it('can be replaced one by one', () => {
    expect(resolveGrants('guest', { moderate: true, publish: ['microphone'] })).to.deep.equal({
      ...roleGrants.guest,
      moderate: true,
      publish: ['microphone'],
    });
  });

  it('let an observer who is not hidden publish what the token says', () => {
    expect(resolveGrants('observer', { hidden: false, publish: ['camera'] }).publish).to.deep.equal(['camera']);
  });

  const overrides = fc.record(
    {
      publish: fc.uniqueArray(fc.constantFrom(...sources)),
      subscribe: fc.boolean(),
      admit: fc.boolean(),
      moderate: fc.boolean(),
      stills: fc.boolean(),
      hidden: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  it('never let someone publish or ask for stills who is hidden', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), overrides, (role, given) => {
        const grants = resolveGrants(role, given);
        expect(grantsSchema.parse(grants)).to.deep.equal(grants);
        const { publish, stills } = { ...roleGrants[role], ...given };
        expect(grants).to.deep.include(grants.hidden ? { publish: [], stills: false } : { publish, stills });
      }),
    );
  });

  it('are nobody else’s when they are changed', () => {
    resolveGrants('host').publish.length = 0;
    expect(resolveGrants('host').publish).to.have.length(sources.length);
  });
});

describe('sources', () => {
  it('are sound or picture', () => {
    expect(Object.keys(sourceKinds)).to.have.members([...sources]);
    expect(sources.filter((source) => sourceKinds[source] === 'audio')).to.deep.equal(['microphone', 'screenAudio']);
  });
});
