import { expect } from 'chai';
import { roleGrants, type Role } from '../../../../protocol/grants.ts';
import {
  actionsFor,
  mayAdmitAside,
  type OtherPerson,
  type PersonAction,
} from '../../../../web/src/session/moderationPolicy.ts';

const anna: OtherPerson = { role: 'guest', isLocal: false, isAside: false, live: ['microphone', 'camera'] };

interface Case {
  says: string;
  self?: Role;
  person?: Partial<OtherPerson>;
  actions: PersonAction[];
}

const cases: Case[] = [
  { says: 'a host can do everything about a guest', actions: ['mute', 'hideCamera', 'handOver', 'remove', 'ban'] },
  {
    says: 'only what is sent can be stopped',
    person: { live: ['teaCloseUp', 'screen'] },
    actions: ['hideCloseUp', 'hideScreen', 'handOver', 'remove', 'ban'],
  },
  { says: 'hosting is not handed to a host', person: { role: 'host', live: [] }, actions: ['remove', 'ban'] },
  {
    says: 'hosting is not handed to who speaks aside, whom the others do not know of',
    person: { role: 'expert', isAside: true, live: ['microphone'] },
    actions: ['mute', 'remove', 'ban'],
  },
  { says: 'nothing can be done about oneself', person: { isLocal: true }, actions: [] },
  { says: 'a guest can do nothing', self: 'guest', actions: [] },
  { says: 'an expert can do nothing', self: 'expert', actions: [] },
];

describe('what one can do about someone in the room', () => {
  for (const { says, self = 'host', person, actions } of cases) {
    it(says, () => {
      expect(actionsFor({ ...anna, ...person }, { role: self, grants: roleGrants[self] })).to.deep.equal(actions);
    });
  }

  it('is decided by grants: a guest who moderates mutes and removes, and hands nothing over', () => {
    const grants = { ...roleGrants.guest, moderate: true };
    expect(actionsFor(anna, { role: 'guest', grants })).to.deep.equal(['mute', 'hideCamera', 'remove', 'ban']);
    const restricted = { ...roleGrants.host, moderate: false };
    expect(actionsFor(anna, { role: 'host', grants: restricted }), 'the server would refuse it').to.deep.equal([]);
  });

  it('is nothing before the own grants are known', () => {
    expect(actionsFor(anna, { role: 'guest', grants: null })).to.deep.equal([]);
  });
});

describe('to speak alone first', () => {
  it('is offered for an expert while nobody else speaks aside', () => {
    expect(mayAdmitAside({ role: 'expert' }, { someoneAside: false })).to.equal(true);
    expect(mayAdmitAside({ role: 'expert' }, { someoneAside: true })).to.equal(false);
    expect(mayAdmitAside({ role: 'guest' }, { someoneAside: false })).to.equal(false);
  });
});
