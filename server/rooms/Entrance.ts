import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { RequestData } from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import type { Audience } from './Audience.ts';
import type { Participant } from './Participant.ts';
import type { RoomMedia } from './RoomMedia.ts';
import type { RoomRules } from './RoomRules.ts';
import type { Seats } from './Seats.ts';
import type { SideRoom } from './SideRoom.ts';
import type { RoomSpan } from './span/RoomSpan.ts';

export interface EntranceOptions {
  media: RoomMedia;
  seats: Seats;
  audience: Audience;
  sideRoom: SideRoom;
  span: Pick<RoomSpan, 'touch'>;
  rules: Pick<RoomRules, 'assertMayCome'>;
  /** Someone has come into the room. */
  joined: (participant: Participant) => void;
  /** Someone is at another place than before, and is to be told all that they find there. */
  moved: (participant: Participant) => void;
  logger: Logger;
}

/** How people of this node come into one room, and into its lobby. */
export class Entrance {
  readonly #options: EntranceOptions;

  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /**
   * Someone comes in, or into the lobby. Resolves when the participant's media is made, so that a snapshot holds all of it.
   * @throws roomFull, roomLocked, mediaUnavailable
   */
  async enter(participant: Participant, rtpCapabilities?: RequestData<'join'>['rtpCapabilities']): Promise<void> {
    const { media, seats } = this.#options;
    if (!participant.inside && seats.decide(participant) === 'enter') media.subscriptions.expect(participant);
    if (rtpCapabilities) await media.setRtpCapabilities(participant, rtpCapabilities);
    assertOpen(participant);
    if (!participant.inside) this.#admitOrSeat(participant);
    await media.open(participant);
    assertOpen(participant);
    this.begin(participant);
  }

  /** Someone gets in from the lobby, or from aside. @throws participantNotFound, roomFull, mediaUnavailable */
  async letIn(guest: Participant): Promise<void> {
    const { sideRoom, moved } = this.#options;
    if (guest.stage === 'aside') return sideRoom.joinAll(guest);
    await this.#openMedia(guest);
    assertWaits(guest);
    guest.admitted = true;
    try {
      await this.enter(guest);
    } catch (error) {
      guest.admitted = false;
      throw error;
    }
    moved(guest);
    this.announce(guest);
  }

  /** Someone in the lobby comes to speak with a host. @throws participantNotFound, roomFull, mediaUnavailable */
  async letInAside(guest: Participant, hostId: string): Promise<void> {
    await this.#openMedia(guest);
    assertWaits(guest);
    const { seats, sideRoom } = this.#options;
    if (!guest.grants.hidden && seats.free === 0) throw new ChaxiError('roomFull');
    sideRoom.enter(guest, hostId);
  }

  /** What someone who is in and has media does once, at whatever attempt that came true: receive, and be announced. */
  begin(participant: Participant): void {
    if (!participant.joined || participant.announced) return;
    this.#options.media.subscriptions.resumeAll(participant);
    // Who joins is answered first.
    setImmediate(() => this.announce(participant));
  }

  /** The others are told, once. */
  announce(participant: Participant): void {
    if (!participant.joined || participant.announced) return;
    participant.announced = true;
    this.#options.audience.tellOthers(participant, 'participantJoined', { participant: participant.info });
  }

  /** What can fail comes first: who has no media would be seated and not know it. */
  #openMedia(guest: Participant): Promise<void> {
    const { media } = this.#options;
    media.subscriptions.expect(guest);
    return media.open(guest);
  }

  /** A seat, or a place in the lobby. @throws roomFull, roomLocked */
  #admitOrSeat(participant: Participant): void {
    const { seats, span, rules, audience, joined, logger } = this.#options;
    // Who stood before the door when it was locked, and had not asked yet, stays outside.
    if (participant.stage === 'prepared') rules.assertMayCome(participant);
    const admission = seats.decide(participant);
    if (typeof admission === 'object') throw new ChaxiError(admission.refuse);
    seats.replaceSameIdentity(participant);
    const waited = participant.stage === 'lobby';
    participant.stage = admission === 'wait' ? 'lobby' : 'joined';
    if (participant.joined) {
      participant.noteJoined();
      logger.info('participant joined', { participantId: participant.id, role: participant.role });
    }
    span.touch(participant);
    if (participant.joined) joined(participant);
    if (waited || participant.stage === 'lobby') audience.tellLobby();
  }
}

/** Someone else may have let them in, while something was awaited. */
function assertWaits(guest: Participant): void {
  if (guest.stage !== 'lobby' || guest.closed) throw new ChaxiError('participantNotFound');
}

/** It may have left, or been replaced, while something was awaited. */
function assertOpen(participant: Participant): void {
  if (participant.closed) throw new ChaxiError('participantNotFound');
}
