import type { MemberRole } from '../../protocol/conversations.ts';

/** Who asks: one person on all devices. */
export interface Person {
  /** API key. */
  tenant: string;
  /** The token's subject. */
  identity: string;
  name: string;
  /** Stands at the shop's counter. */
  counter: boolean;
}

/** The room that a person's token is good for, and what they are in its conversation. */
export interface RoomPass {
  room: string;
  role: MemberRole;
}
