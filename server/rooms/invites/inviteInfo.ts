import type { Invite, InviteState } from '../../../protocol/invites.ts';
import type { Grants } from '../../../protocol/grants.ts';
import type { InviteRow, InviteUseRow } from '../../storage/invites/rows.ts';
import type { StoredInvite } from '../../storage/invites/InviteStore.ts';
import type { PresentStage } from '../presentStages.ts';

type PersonState = Invite['people'][number]['state'];

/** The furthest last. */
const progress: readonly InviteState[] = ['sent', 'opened', 'left', 'lobby', 'aside', 'joined'];

/** The page that opens invitations, below the server's address. */
const INVITE_PAGE = '/invite';

/** Who comes by an invitation is this person, in every session. */
export function invitedIdentity({ inviteId, number }: Pick<InviteUseRow, 'inviteId' | 'number'>): string {
  return `invite-${inviteId}-${number}`;
}

/** Undefined where this is nobody who was invited by a link. */
export function parseInvitedIdentity(identity: string): { inviteId: string; number: number } | undefined {
  const [, inviteId, number] = /^invite-([0-9a-f-]{36})-(\d{1,3})$/.exec(identity) ?? [];
  return inviteId === undefined ? undefined : { inviteId, number: Number(number) };
}

/** @param stages of those who are in the room or before its door, by identity */
export function inviteInfo(
  { invite, uses }: StoredInvite,
  { code, stages, nowMs }: { code: string; stages: ReadonlyMap<string, PresentStage>; nowMs: number },
): Invite {
  const people = uses.map((use) => {
    const identity = invitedIdentity(use);
    const state: PersonState = stages.get(identity) ?? (use.enteredAt === null ? 'opened' : 'left');
    return { identity, name: use.name, state, openedAt: use.openedAt };
  });
  return {
    inviteId: invite.inviteId,
    role: invite.role,
    name: invite.name,
    grants: JSON.parse(invite.grants) as Partial<Grants>,
    createdBy: { identity: invite.createdByIdentity, name: invite.createdByName },
    createdAt: invite.createdAt,
    expiresAt: invite.expiresAt,
    maxUses: invite.maxUses,
    path: `${INVITE_PAGE}#${code}`,
    state: stateOf(
      invite,
      people.map(({ state }) => state),
      nowMs,
    ),
    revokedAt: invite.revokedAt,
    people,
  };
}

function stateOf(invite: InviteRow, people: readonly PersonState[], nowMs: number): InviteState {
  const furthest = progress[Math.max(0, ...people.map((state) => progress.indexOf(state)))]!;
  if (furthest === 'lobby' || furthest === 'aside' || furthest === 'joined') return furthest;
  if (invite.revokedAt !== null) return 'revoked';
  return nowMs >= invite.expiresAt ? 'expired' : furthest;
}
