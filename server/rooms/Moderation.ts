import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { Participant } from './Participant.ts';
import type { RemoteMember } from './span/RemoteMember.ts';
import type { MemberAct } from './span/rosterMessage.ts';

export interface ModerationOptions {
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  findRemote: (participantId: string) => RemoteMember | undefined;
  /** Ends someone who is waited for since their node is gone; false for anybody else. */
  giveUp: (participantId: string) => boolean;
  /** Has the node of someone do it. */
  ask: (member: RemoteMember, act: MemberAct) => Promise<void>;
  letIn: (guest: Participant) => Promise<void>;
  end: (participant: Participant, reason: LeaveReason, error: ChaxiError) => void;
  mute: (owner: Participant, producerId: string) => Promise<void>;
}

/** What one participant may do to another, on whatever node that one is. */
export class Moderation {
  readonly #options: ModerationOptions;

  constructor(options: ModerationOptions) {
    this.#options = options;
  }

  /** @throws notAllowed, participantNotFound, roomFull, mediaUnavailable, and what asking another node throws */
  async admit(host: Participant, participantId: string): Promise<void> {
    assertMayAdmit(host);
    await this.#do(participantId, { act: 'admit' });
  }

  /** @throws notAllowed, participantNotFound, and what asking another node throws */
  async decline(host: Participant, participantId: string, reason: string | undefined): Promise<void> {
    assertMayAdmit(host);
    await this.#do(participantId, { act: 'decline', reason });
  }

  /** @throws notAllowed, participantNotFound, and what asking another node throws */
  async remove(moderator: Participant, participantId: string): Promise<void> {
    assertMayModerate(moderator);
    await this.#do(participantId, { act: 'remove' });
  }

  /** @throws notAllowed, producerNotFound, and what asking another node throws */
  async mute(moderator: Participant, ownerId: string, producerId: string): Promise<void> {
    assertMayModerate(moderator);
    await this.#do(ownerId, { act: 'mute', producerId });
  }

  /** What someone may, whose grants were looked at, to a participant of this node. @throws participantNotFound, producerNotFound and the like */
  async act(participantId: string, act: MemberAct): Promise<void> {
    const { letIn, end, mute } = this.#options;
    const stage = act.act === 'admit' || act.act === 'decline' ? 'lobby' : 'joined';
    const participant = [...this.#options.sessions()].find(({ id }) => id === participantId);
    if (participant?.stage !== stage || participant.closed) throw new ChaxiError('participantNotFound');
    switch (act.act) {
      case 'admit':
        return letIn(participant);
      case 'decline':
        return end(participant, 'removed', new ChaxiError('admissionDeclined', { message: act.reason || undefined }));
      case 'remove':
        return end(participant, 'removed', new ChaxiError('participantRemoved'));
      case 'mute':
        return mute(participant, act.producerId);
    }
  }

  async #do(participantId: string, act: MemberAct): Promise<void> {
    const { findRemote, giveUp } = this.#options;
    // Nobody can be asked any more for someone whose node is gone.
    if (act.act !== 'admit' && act.act !== 'mute' && giveUp(participantId)) return;
    const member = findRemote(participantId);
    if (member) await this.#options.ask(member, act);
    else await this.act(participantId, act);
  }
}

function assertMayAdmit(host: Participant): void {
  if (!host.joined || !host.grants.admit) throw new ChaxiError('notAllowed');
}

function assertMayModerate(moderator: Participant): void {
  if (!moderator.joined || !moderator.grants.moderate) throw new ChaxiError('notAllowed');
}
