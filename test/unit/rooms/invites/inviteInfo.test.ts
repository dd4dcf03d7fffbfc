import { expect } from 'chai';
import type { InviteState } from '../../../../protocol/invites.ts';
import { invitedIdentity, inviteInfo, parseInvitedIdentity } from '../../../../server/rooms/invites/inviteInfo.ts';
import type { PresentStage } from '../../../../server/rooms/presentStages.ts';
import { inviteRow } from '../../../helpers/inviteStoreContract.ts';

const NOW = 1_795_000_000_000;
const invite = inviteRow({ createdAt: NOW - 1_000, expiresAt: NOW + 1_000, maxUses: 3 });
const useOf = (number: number, enteredAt: number | null = null) => ({
  inviteId: invite.inviteId,
  number,
  device: `device ${number}`,
  name: `Guest ${number}`,
  openedAt: NOW - 500,
  enteredAt,
});

interface Case {
  uses?: ReturnType<typeof useOf>[];
  /** By the number of the use. */
  present?: Record<number, PresentStage>;
  revokedAt?: number;
  nowMs?: number;
}

describe('the state of an invitation', () => {
  const infoOf = ({ uses = [], present = {}, revokedAt, nowMs = NOW }: Case) => {
    const stages = new Map(
      Object.entries(present).map(([number, stage]) => [
        invitedIdentity({ inviteId: invite.inviteId, number: Number(number) }),
        stage,
      ]),
    );
    const stored = { invite: { ...invite, revokedAt: revokedAt ?? null }, uses };
    return inviteInfo(stored, { code: 'the-code', stages, nowMs });
  };
  const late = NOW + 1_000;
  const cases: [says: string, given: Case, state: InviteState][] = [
    ['is sent before anyone opened it', {}, 'sent'],
    ['is opened when someone has', { uses: [useOf(1)] }, 'opened'],
    ['is lobby while someone waits', { uses: [useOf(1)], present: { 1: 'lobby' } }, 'lobby'],
    ['is aside while someone speaks with the host', { uses: [useOf(1, NOW)], present: { 1: 'aside' } }, 'aside'],
    ['is joined while someone is in', { uses: [useOf(1, NOW)], present: { 1: 'joined' } }, 'joined'],
    ['is left when they have gone', { uses: [useOf(1, NOW)] }, 'left'],
    ['is that of who came furthest', { uses: [useOf(1, NOW), useOf(2)], present: { 2: 'lobby' } }, 'lobby'],
    ['is left where another one has only opened it', { uses: [useOf(1, NOW), useOf(2)] }, 'left'],
    ['is expired when its time is over', { nowMs: late }, 'expired'],
    ['is expired though it was used', { uses: [useOf(1, NOW)], nowMs: late }, 'expired'],
    ['is revoked, and not expired, when both hold', { revokedAt: NOW, nowMs: late }, 'revoked'],
    [
      'is joined though revoked, while someone of it is in',
      { uses: [useOf(1)], present: { 1: 'joined' }, revokedAt: NOW },
      'joined',
    ],
  ];
  for (const [says, given, state] of cases) it(says, () => expect(infoOf(given).state).to.equal(state));

  it('comes with each person who opened it, and without what only the server knows', () => {
    const info = infoOf({ uses: [useOf(1, NOW), useOf(2)], present: { 1: 'joined' } });
    expect(info.people).to.deep.equal([
      { identity: `invite-${invite.inviteId}-1`, name: 'Guest 1', state: 'joined', openedAt: NOW - 500 },
      { identity: `invite-${invite.inviteId}-2`, name: 'Guest 2', state: 'opened', openedAt: NOW - 500 },
    ]);
    expect(info.path).to.equal('/invite#the-code');
    expect(JSON.stringify(info)).to.not.include('device');
  });
});

describe('an invited person', () => {
  it('is known by the identity', () => {
    expect(parseInvitedIdentity(invitedIdentity({ inviteId: invite.inviteId, number: 12 }))).to.deep.equal({
      inviteId: invite.inviteId,
      number: 12,
    });
    for (const identity of ['li', 'invite-', `invite-${invite.inviteId}`, `x-invite-${invite.inviteId}-1`]) {
      expect(parseInvitedIdentity(identity), identity).to.equal(undefined);
    }
  });
});
