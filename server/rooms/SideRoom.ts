import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Audience } from './Audience.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';
import type { MemberChange } from './span/describeChange.ts';
import { memberStateOf } from './span/memberState.ts';
import type { RoomSpan } from './span/RoomSpan.ts';
import type { Speakers } from './Speakers.ts';
import type { Subscriptions } from './Subscriptions.ts';

export interface SideRoomOptions {
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  /** On whatever node. */
  find: (participantId: string) => Member | undefined;
  audience: Audience;
  subscriptions: () => Pick<Subscriptions, 'reconsider' | 'resumeAll' | 'pauseAll' | 'offer'>;
  speakers: Pick<Speakers, 'tell'>;
  span: Pick<RoomSpan, 'touch' | 'untilHeard'>;
  /** Someone is at another place than before, and is to be told all that they find there. */
  moved: (participant: Participant) => void;
  /** Someone has come into the room. */
  joined: (participant: Participant) => void;
  /** All know now of someone, on whatever node, whom the partner alone knew of. */
  revealed: () => void;
}

/**
 * Who speaks with whom aside. The node of the host decides whom the host's sound goes to, and the one of the guest whether the guest
 * is still aside: each takes the other's word for its own part, and without the other one there is nothing aside.
 */
export class SideRoom {
  readonly #options: SideRoomOptions;
  /** Hosts whose guest is about to come. */
  readonly #opening = new Set<Participant>();
  #settled: Promise<void> = Promise.resolve();

  constructor(options: SideRoomOptions) {
    this.#options = options;
  }

  /** Resolves when nothing flows any more of what is withheld by now. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /**
   * A host of this node speaks with someone who waits aside from now on. Nobody else on any node hears the host any more before the
   * guest is let in.
   * @throws limitReached where the host speaks aside already; nodeUnavailable, clusterUnavailable; and what `letIn` throws
   */
  async open(host: Participant, guestId: string, letIn: () => Promise<void>): Promise<void> {
    if (host.asideWith !== null) {
      const message = 'You speak with someone aside already. Let them in, or send them back to the lobby, first.';
      throw new ChaxiError('limitReached', { message });
    }
    if (this.#options.find(guestId)?.stage !== 'lobby') throw new ChaxiError('participantNotFound');
    this.#opening.add(host);
    this.#speakWith(host, guestId);
    try {
      await Promise.all([this.#settled, this.#options.span.untilHeard()]);
      await letIn();
    } finally {
      this.#opening.delete(host);
      // Where nobody has come the host speaks to all again.
      this.review();
    }
  }

  /**
   * Someone of this node who waited, and has media and a seat, comes to speak with a host.
   * @throws participantNotFound where the host does not speak with them any more, and so is heard by all
   */
  enter(guest: Participant, hostId: string): void {
    const host = this.#options.find(hostId);
    if (host?.stage !== 'joined' || host.asideWith !== guest.id) throw new ChaxiError('participantNotFound');
    this.#change(guest, () => {
      guest.stage = 'aside';
      guest.asideWith = hostId;
      guest.noteJoined();
    });
    this.#options.audience.tellLobby();
    this.#options.subscriptions().resumeAll(guest);
    this.#options.moved(guest);
  }

  /** Someone of this node comes from aside into the room. */
  joinAll(guest: Participant): void {
    this.#change(guest, () => {
      Object.assign(guest, { stage: 'joined', asideWith: null, admitted: true, announced: true });
    });
    this.#reveal(guest);
    this.#options.joined(guest);
    this.#options.moved(guest);
    this.review();
  }

  /** A host of this node may not let anyone in any more: who they speak with waits again. */
  end(host: Participant): void {
    if (host.stage === 'joined' && host.asideWith !== null) this.#speakWith(host, null);
    this.review();
  }

  /** Someone of this node goes back to the lobby, and takes all that they show with them. */
  leave(guest: Participant): void {
    this.#change(guest, () => {
      Object.assign(guest, { stage: 'lobby', asideWith: null });
      for (const track of guest.tracks.values()) track.close();
      guest.tracks.clear();
    });
    this.#options.subscriptions().pauseAll(guest);
    this.#options.audience.tellLobby();
    this.#options.moved(guest);
    this.review();
  }

  /** Someone of another node is not what they were. */
  heed({ before, after }: MemberChange): void {
    const isSame = before?.stage === after?.stage && before?.info.asideWith === after?.info.asideWith;
    if (isSame) return;
    this.#reconsider();
    const joined = before?.stage === 'aside' && after?.stage === 'joined';
    const member = joined ? this.#options.find(after.info.participantId) : undefined;
    if (member) this.#reveal(member);
    this.review();
  }

  /** Whose partner is not there any more is not aside any more. */
  review(): void {
    for (const own of this.#options.sessions()) {
      if (own.asideWith === null || this.#opening.has(own) || this.#isAside(own)) continue;
      if (own.stage === 'aside') this.leave(own);
      else this.#speakWith(own, null);
    }
  }

  #isAside(own: Participant): boolean {
    const partner = this.#options.find(own.asideWith ?? '');
    if (partner?.asideWith !== own.id) return false;
    return own.stage === 'aside' ? partner.stage === 'joined' : partner.stage === 'aside';
  }

  #speakWith(host: Participant, guestId: string | null): void {
    this.#change(host, () => (host.asideWith = guestId));
  }

  #change(participant: Participant, change: () => void): void {
    const before = memberStateOf(participant);
    change();
    this.#options.audience.tellChange({ before, after: memberStateOf(participant) });
    this.#options.span.touch(participant);
    this.#reconsider();
  }

  /** Those in the room did not know of them, nor of what they show. */
  #reveal(member: Member): void {
    for (const track of member.tracks.values()) this.#options.subscriptions().offer(member, track);
    this.#options.revealed();
  }

  #reconsider(): void {
    const { subscriptions, speakers } = this.#options;
    // What fails fails for who waits for it, and not for ever.
    const before = this.#settled.catch(() => {});
    this.#settled = Promise.all([before, subscriptions().reconsider()]).then(() => {});
    this.#settled.catch(() => {});
    speakers.tell();
  }
}
