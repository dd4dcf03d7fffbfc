import type { Role } from '../../../client-sdk/src/index.ts';

/** The words of the page that opens an invitation. */
export interface ArrivalMessages {
  title: string;
  opening: string;
  /** Who invites; the name may be missing. */
  invitedBy: (name: string) => string;
  /** What someone comes as, in one sentence. */
  as: Readonly<Record<Role, string>>;
  guestName: (name: string) => string;
  name: string;
  nameHint: string;
  enter: string;
  entering: string;
  /** What happens next. */
  next: string;
  noAccount: string;
  retry: string;
}
