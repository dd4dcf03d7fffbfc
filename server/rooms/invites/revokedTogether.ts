import { RETURN_MS } from '../../storage/invites/decideOpening.ts';
import type { InviteMaker } from '../../storage/invites/InviteStore.ts';
import { parseInvitedIdentity } from './inviteInfo.ts';

/**
 * Of the invitations of a room those that end with some of them, which are among these: what was made by people who came by one of
 * them, and so on. Whoever is to stay away comes back by none. What lets nobody in any more is left as it is.
 */
export function revokedTogether(invites: readonly InviteMaker[], firstIds: Iterable<string>, nowMs: number): string[] {
  const byOrigin = Map.groupBy(invites, (invite) => parseInvitedIdentity(invite.createdByIdentity)?.inviteId);
  const ending = new Set(firstIds);
  // A set is gone through with what is added meanwhile.
  for (const inviteId of ending) for (const made of byOrigin.get(inviteId) ?? []) ending.add(made.inviteId);
  return invites
    .filter(({ revokedAt, expiresAt }) => revokedAt === null && nowMs < expiresAt + RETURN_MS)
    .map(({ inviteId }) => inviteId)
    .filter((inviteId) => ending.has(inviteId));
}
