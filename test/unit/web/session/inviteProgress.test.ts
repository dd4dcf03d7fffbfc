import { expect } from 'chai';
import type { Invite } from '../../../../client-sdk/src/index.ts';
import { inviteProgress } from '../../../../web/src/session/inviteProgress.ts';

const NOW = 1_000_000;
const invite: Invite = {
  inviteId: 'i1',
  role: 'expert',
  name: 'Dr. Chen',
  grants: {},
  createdBy: { identity: 'mei', name: 'Mei' },
  createdAt: NOW - 60_000,
  expiresAt: NOW + 60_000,
  maxUses: 1,
  path: '/invite#code',
  state: 'sent',
  revokedAt: null,
  people: [],
};
const chen = { identity: 'invite-i1-1', name: 'Dr. Chen', state: 'joined', openedAt: NOW } as const;

describe('how far an invitation has come', () => {
  it('is counted from the link to the seat; who speaks aside is still at the door', () => {
    const done = (['sent', 'opened', 'lobby', 'aside', 'joined', 'left'] as const).map(
      (state) => inviteProgress({ ...invite, state }, NOW).done,
    );
    expect(done).to.deep.equal([1, 2, 3, 3, 4, 4]);
  });

  it('is nothing where the link was taken back or nobody came in time', () => {
    for (const state of ['revoked', 'expired'] as const) {
      expect(inviteProgress({ ...invite, state }, NOW).done).to.equal(0);
    }
  });

  it('says whether the link still lets someone in', () => {
    const open = (change: Partial<Invite>) => inviteProgress({ ...invite, ...change }, NOW).open;
    expect(open({})).to.equal(true);
    expect(open({ people: [chen] })).to.equal(false);
    expect(open({ people: [chen], maxUses: 2 })).to.equal(true);
    expect(open({ expiresAt: NOW })).to.equal(false);
    expect(open({ revokedAt: NOW - 1 })).to.equal(false);
  });
});
