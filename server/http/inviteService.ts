import type { Invite, RedeemedInvite, RedeemInvite } from '../../protocol/invites.ts';
import type { PostInvite } from '../../protocol/rest.ts';
import type { RoomKey } from '../storage/StillStore.ts';

/** What HTTP needs of the invitations. A tenant sees those of its own rooms only. Failures are ChaxiErrors, `storageUnavailable` among them. */
export interface InviteService {
  /** Rejects with `limitReached`, `rateLimited`. */
  create(room: RoomKey, by: PostInvite['createdBy'], asked: Omit<PostInvite, 'createdBy'>): Promise<Invite>;
  list(room: RoomKey): Promise<Invite[]>;
  /** Rejects with `inviteNotFound`. */
  revoke(room: RoomKey, inviteId: string): Promise<Invite>;
  /** Rejects with `inviteNotFound`, `inviteRevoked`, `inviteExpired`, `inviteUsedUp`. */
  redeem(asked: RedeemInvite): Promise<RedeemedInvite>;
}
