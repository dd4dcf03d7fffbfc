import type { ErrorCode } from '../../../protocol/errorCodes.ts';
import type { InviteRow } from './rows.ts';

/** A device that opened an invitation in time may come in by it for so long after that time. */
export const RETURN_MS = 12 * 3_600_000;

export type Opening =
  /** The device has opened it before. */
  | 'return'
  /** One use more. */
  | 'take'
  | 'askName'
  | { refuse: Extract<ErrorCode, 'inviteRevoked' | 'inviteExpired' | 'inviteUsedUp'> };

/** What happens when a device opens an invitation. */
export function decideOpening(state: {
  invite: Pick<InviteRow, 'revokedAt' | 'expiresAt' | 'maxUses' | 'name'>;
  isKnown: boolean;
  uses: number;
  /** Someone said who they are. */
  hasName: boolean;
  nowMs: number;
}): Opening {
  const { invite, isKnown, uses, hasName, nowMs } = state;
  if (invite.revokedAt !== null) return { refuse: 'inviteRevoked' };
  if (isKnown) return nowMs < invite.expiresAt + RETURN_MS ? 'return' : { refuse: 'inviteExpired' };
  if (nowMs >= invite.expiresAt) return { refuse: 'inviteExpired' };
  if (uses >= invite.maxUses) return { refuse: 'inviteUsedUp' };
  return invite.name === null && !hasName ? 'askName' : 'take';
}
