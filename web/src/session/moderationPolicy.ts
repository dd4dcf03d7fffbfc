import type { Grants, Role, Source } from '../../../client-sdk/src/index.ts';

/** What one can do about someone, in the order of the menu. */
export const personActions = ['mute', 'hideCamera', 'hideCloseUp', 'hideScreen', 'handOver', 'remove', 'ban'] as const;
export type PersonAction = (typeof personActions)[number];

/** Those that end something on the side of another: they are asked about first. */
export type AskedAction = Extract<PersonAction, 'handOver' | 'remove' | 'ban'>;

export function isAsked(action: PersonAction): action is AskedAction {
  return action === 'handOver' || action === 'remove' || action === 'ban';
}

/** The source that an action silences or hides. */
export const silenced: Readonly<Record<Exclude<PersonAction, AskedAction>, Source>> = {
  mute: 'microphone',
  hideCamera: 'camera',
  hideCloseUp: 'teaCloseUp',
  hideScreen: 'screen',
};

export interface OtherPerson {
  role: Role;
  isLocal: boolean;
  /** Speaks aside, with whomever. */
  isAside: boolean;
  /** Published and not muted. */
  live: readonly Source[];
}

/** What comes with hosting, and nobody gives who has it not. */
const hostGrants = ['admit', 'moderate', 'lead', 'invite'] as const;

/** By the grants that one has oneself; hosting is handed over by the host alone, to someone whom everyone sees. */
export function actionsFor(person: OtherPerson, self: { role: Role; grants: Grants | null }): PersonAction[] {
  if (person.isLocal) return [];
  const moderates = self.grants?.moderate === true;
  const handsOver = self.role === 'host' && hostGrants.every((grant) => self.grants?.[grant]);
  return personActions.filter((action) => {
    if (action === 'handOver') return handsOver && !person.isAside && person.role !== 'host';
    if (isAsked(action)) return moderates;
    return moderates && person.live.includes(silenced[action]);
  });
}

/** Who waits can first be spoken with alone, one at a time: an expert, whose opinion may not be meant for all. */
export function mayAdmitAside(waiting: { role: Role }, room: { someoneAside: boolean }): boolean {
  return waiting.role === 'expert' && !room.someoneAside;
}
