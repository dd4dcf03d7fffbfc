import type { Invite, InviteState } from '../../../client-sdk/src/index.ts';

/** On the way from the link to a seat. */
export const inviteSteps = ['sent', 'opened', 'lobby', 'joined'] as const;

/** How many of the steps are behind whoever has come furthest; speaking aside is still at the door. */
const stepsDone: Readonly<Record<InviteState, number>> = {
  sent: 1,
  opened: 2,
  lobby: 3,
  aside: 3,
  joined: 4,
  left: 4,
  revoked: 0,
  expired: 0,
};

export interface InviteProgress {
  /** Of `inviteSteps`. */
  done: number;
  /** The link lets someone in who has not opened it. */
  open: boolean;
}

export function inviteProgress({ state, people, maxUses, revokedAt, expiresAt }: Invite, now: number): InviteProgress {
  return { done: stepsDone[state], open: revokedAt === null && now < expiresAt && people.length < maxUses };
}
