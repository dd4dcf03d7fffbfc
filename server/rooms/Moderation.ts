import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { Stage } from '../../protocol/signaling.ts';
import { isSeenBy } from './hearingPolicy.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';
import type { RoomRules } from './RoomRules.ts';
import type { SideRoom } from './SideRoom.ts';
import type { RemoteMember } from './span/RemoteMember.ts';
import type { MemberAct } from './span/rosterMessage.ts';

export interface ModerationOptions {
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  /** On whatever node. */
  find: (participantId: string) => Member | undefined;
  findRemote: (participantId: string) => RemoteMember | undefined;
  /** Ends someone who is waited for since their node is gone; false for anybody else. */
  giveUp: (participantId: string) => boolean;
  /** Has the node of someone do it. */
  ask: (member: RemoteMember, act: MemberAct, by: string) => Promise<void>;
  letIn: (guest: Participant) => Promise<void>;
  /** Lets someone speak with this host alone. */
  letInAside: (guest: Participant, hostId: string) => Promise<void>;
  sideRoom: Pick<SideRoom, 'open' | 'leave'>;
  /** Those in the lobby on all nodes, who has waited longest first. */
  waiting: () => readonly { id: string }[];
  freeSeats: () => number;
  rules: Pick<RoomRules, 'ban'>;
  end: (participant: Participant, reason: LeaveReason, error: ChaxiError) => void;
  mute: (owner: Participant, producerId: string) => Promise<void>;
}

/** What one participant may do to another, on whatever node that one is. */
export class Moderation {
  readonly #options: ModerationOptions;

  constructor(options: ModerationOptions) {
    this.#options = options;
  }

  /** @throws notAllowed, participantNotFound, roomFull, mediaUnavailable, and what asking another node throws; aside also limitReached */
  async admit(host: Participant, participantId: string, aside: boolean): Promise<void> {
    assertMayAdmit(host);
    if (!aside) return this.#do(host, participantId, { act: 'admit' });
    const letIn = () => this.#do(host, participantId, { act: 'admit', aside });
    await this.#options.sideRoom.open(host, participantId, letIn);
  }

  /** As many as there are seats, who has waited longest first. @returns how many came in. @throws notAllowed */
  async admitAll(host: Participant): Promise<number> {
    assertMayAdmit(host);
    const { waiting, freeSeats } = this.#options;
    const guests = waiting().slice(0, freeSeats());
    const answers = await Promise.allSettled(guests.map(({ id }) => this.#do(host, id, { act: 'admit' })));
    return answers.filter(({ status }) => status === 'fulfilled').length;
  }

  /** @throws notAllowed, participantNotFound, and what asking another node throws */
  async endAside(host: Participant, participantId: string): Promise<void> {
    assertMayAdmit(host);
    await this.#do(host, participantId, { act: 'endAside' });
  }

  /** @throws notAllowed, participantNotFound, and what asking another node throws */
  async decline(host: Participant, participantId: string, reason: string | undefined): Promise<void> {
    assertMayAdmit(host);
    await this.#do(host, participantId, { act: 'decline', reason });
  }

  /** @throws notAllowed, participantNotFound, and what asking another node throws */
  async remove(moderator: Participant, participantId: string): Promise<void> {
    assertMayModerate(moderator);
    await this.#do(moderator, participantId, { act: 'remove' });
  }

  /**
   * Removes someone for good, or sends them away from the door: all their sessions end.
   * @throws notAllowed, participantNotFound, storageUnavailable, and what asking another node throws
   */
  async ban(moderator: Participant, participantId: string): Promise<void> {
    assertMayModerate(moderator);
    const member = this.#options.find(participantId);
    const isWaiting = member?.stage === 'lobby' && moderator.grants.admit;
    if (!member || (!isWaiting && !isSeenBy(member, moderator.id))) throw new ChaxiError('participantNotFound');
    await this.#options.rules.ban(moderator, { identity: member.identity, name: member.info.name });
    // Where the word of the ban has come first they are gone already.
    await this.#do(moderator, participantId, { act: 'remove' }).catch((error: unknown) => {
      if (!(error instanceof ChaxiError) || error.code !== 'participantNotFound') throw error;
    });
  }

  /** @throws notAllowed, producerNotFound, and what asking another node throws */
  async mute(moderator: Participant, ownerId: string, producerId: string): Promise<void> {
    assertMayModerate(moderator);
    await this.#do(moderator, ownerId, { act: 'mute', producerId });
  }

  /**
   * What someone may, whose grants were looked at, to a participant of this node.
   * @param by Whose wish it is, by participantId
   * @throws participantNotFound, producerNotFound and the like
   */
  async act(participantId: string, act: MemberAct, by: string | undefined): Promise<void> {
    const { letIn, letInAside, sideRoom, end, mute } = this.#options;
    const participant = [...this.#options.sessions()].find(({ id }) => id === participantId);
    if (!participant || participant.closed || !stagesFor(act).includes(participant.stage)) {
      throw new ChaxiError('participantNotFound');
    }
    // Of who speaks aside nobody knows but the partner.
    if (participant.stage === 'aside' && participant.asideWith !== by) throw new ChaxiError('participantNotFound');
    switch (act.act) {
      case 'admit':
        return act.aside ? letInAside(participant, by ?? '') : letIn(participant);
      case 'endAside':
        return sideRoom.leave(participant);
      case 'decline':
        return end(participant, 'removed', new ChaxiError('admissionDeclined', { message: act.reason || undefined }));
      case 'remove':
        return end(participant, 'removed', new ChaxiError('participantRemoved'));
      case 'mute':
        return mute(participant, act.producerId);
    }
  }

  async #do(by: Participant, participantId: string, act: MemberAct): Promise<void> {
    const { findRemote, giveUp } = this.#options;
    // Nobody can be asked any more for someone whose node is gone.
    if ((act.act === 'decline' || act.act === 'remove') && giveUp(participantId)) return;
    const member = findRemote(participantId);
    if (member) await this.#options.ask(member, act, by.id);
    else await this.act(participantId, act, by.id);
  }
}

/** Where someone must be for this to be done to them. */
function stagesFor(act: MemberAct): readonly Stage[] {
  switch (act.act) {
    case 'admit':
      return act.aside ? ['lobby'] : ['lobby', 'aside'];
    case 'decline':
      return ['lobby'];
    case 'endAside':
      return ['aside'];
    case 'remove':
    case 'mute':
      return ['aside', 'joined'];
  }
}

function assertMayAdmit(host: Participant): void {
  if (!host.joined || !host.grants.admit) throw new ChaxiError('notAllowed');
}

function assertMayModerate(moderator: Participant): void {
  if (!moderator.joined || !moderator.grants.moderate) throw new ChaxiError('notAllowed');
}
