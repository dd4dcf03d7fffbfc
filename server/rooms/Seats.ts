import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import { decideAdmission, type Admission } from './admission.ts';
import type { Participant } from './Participant.ts';
import type { RoomSettings } from './Room.ts';
import { isReplacedBy } from './span/isReplacedBy.ts';
import type { RemoteMember } from './span/RemoteMember.ts';
import type { RoomSpan } from './span/RoomSpan.ts';
import { seatLosers } from './span/seatLosers.ts';

export interface SeatsOptions {
  settings: Readonly<Pick<RoomSettings, 'lobby' | 'maxParticipants'>>;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  span: Pick<RoomSpan, 'members' | 'replace'>;
  end: (participant: Participant, reason: LeaveReason, error: ChaxiError) => void;
}

/**
 * Who may sit down in a room, and who has to rise for them. Each node decides by what it knows, since to ask the others would
 * cost each join a round trip; where two have decided at the same moment, all find out who goes.
 */
export class Seats {
  readonly #options: SeatsOptions;

  constructor(options: SeatsOptions) {
    this.#options = options;
  }

  decide({ grants, admitted, comesFreely, identity }: Participant): Admission {
    const { settings, sessions, span } = this.#options;
    const others = [...sessions(), ...span.members].filter((other) => other.takesSeat && other.identity !== identity);
    return decideAdmission({
      hidden: grants.hidden,
      admitted: admitted || comesFreely,
      ...settings,
      seatsTaken: others.length,
    });
  }

  /** How many more may come in. */
  get free(): number {
    const { settings, sessions, span } = this.#options;
    const taken = [...sessions(), ...span.members].filter(({ takesSeat }) => takesSeat).length;
    return Math.max(0, settings.maxParticipants - taken);
  }

  /** A person is in a room once: a reload or a second page takes over. */
  replaceSameIdentity(participant: Participant): void {
    const { span } = this.#options;
    const own = this.#sameIdentity(participant).filter((other) => other !== participant);
    for (const other of own) this.#replace(other);
    const remote = span.replace(participant.identity);
    participant.enteredAt = Math.max(Date.now(), ...[...own, ...remote].map(({ enteredAt }) => enteredAt + 1));
  }

  /** Another node let someone in without knowing, perhaps, of all who are here. */
  contest(member: RemoteMember): void {
    for (const own of this.#sameIdentity(member)) if (isReplacedBy(own, member)) this.#replace(own);
    const { settings, sessions, span, end } = this.#options;
    const seats = [
      ...[...sessions()].map((own) => ({ member: own, sinceMs: own.joinedForMs })),
      ...span.members.map((other) => ({ member: other, sinceMs: undefined })),
    ].filter((seat) => seat.member.takesSeat);
    const seated = seats.map(({ member: { id, info }, sinceMs }) => ({ id, joinedAt: info.joinedAt, sinceMs }));
    const losers = seatLosers(seated, settings.maxParticipants);
    const leaving = [...sessions()].filter(({ id }) => losers.includes(id));
    for (const own of leaving) end(own, 'left', new ChaxiError('roomFull'));
  }

  #sameIdentity({ identity }: { identity: string }): Participant[] {
    const { sessions } = this.#options;
    return [...sessions()].filter((own) => own.identity === identity && own.stage !== 'prepared');
  }

  #replace(own: Participant): void {
    this.#options.end(own, 'replaced', new ChaxiError('sessionReplaced'));
  }
}
