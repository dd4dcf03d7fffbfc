import type { Role } from '../../../protocol/grants.ts';

/** A row of `invites`. */
export interface InviteRow {
  /** UUID version 7: the order of ids is the order of time. */
  inviteId: string;
  /** API key. */
  tenant: string;
  /** Name of the room. */
  room: string;
  role: Role;
  /** Null: whoever opens it is asked. */
  name: string | null;
  /** JSON of the grants that are other than those of the role. */
  grants: string;
  createdByIdentity: string;
  createdByName: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  expiresAt: number;
  maxUses: number;
  /** Null where it is good. */
  revokedAt: number | null;
}

/** A row of `invite_uses`: a device that opened an invitation. */
export interface InviteUseRow {
  inviteId: string;
  /** 1 for the first. */
  number: number;
  /** Digest of the secret by which the device is known again. */
  device: string;
  /** Who uses it. */
  name: string;
  /** Milliseconds since 1970. */
  openedAt: number;
  /** When its person was first in the room or its lobby; null before. */
  enteredAt: number | null;
}

export interface InviteTables {
  invites: InviteRow;
  inviteUses: InviteUseRow;
}
