import type { InviteState, Role } from '../../../client-sdk/src/index.ts';

/** Invitations: links by which someone comes without an account. */
export interface InvitesMessages {
  title: string;
  intro: string;
  role: string;
  /** What who comes may do, for each role that can be invited. */
  roles: Readonly<Record<Exclude<Role, 'host'>, string>>;
  name: string;
  nameHint: string;
  ttl: string;
  hours: (count: number) => string;
  days: (count: number) => string;
  devices: string;
  deviceCount: (count: number) => string;
  aside: string;
  create: string;
  creating: string;
  /** The link is there. */
  ready: (name: string) => string;
  readyOpen: string;
  link: string;
  copy: string;
  copyOf: (name: string) => string;
  copied: string;
  notCopied: string;
  share: string;
  /** What is shared with the link. */
  shareText: (room: string) => string;
  another: string;
  listTitle: string;
  nobody: string;
  /** In place of a name. */
  anyone: string;
  states: Readonly<Record<InviteState, string>>;
  until: (when: string) => string;
  uses: (used: number, all: number) => string;
  revoke: string;
  revokeOf: (name: string) => string;
  revokeConfirm: string;
  revokeQuestion: string;
}
