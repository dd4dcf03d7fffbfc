import { timingSafeEqual } from 'node:crypto';
import { ChaxiError, type ErrorBody } from '../../protocol/ChaxiError.ts';
import type { AccessTokenClaims } from '../../protocol/accessToken.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { RoomDetail, RoomSummary } from '../../protocol/rest.ts';
import type { ConsumerInfo, RequestData, Snapshot } from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import { decideAdmission, type Admission } from './admission.ts';
import { Audience } from './Audience.ts';
import { consumerInfo, Participant, type ClientMedia, type Connection } from './Participant.ts';
import { trackInfo } from './PublishedTrack.ts';
import { RoomQuality } from './quality/RoomQuality.ts';
import { RoomMedia, type MediaContext } from './RoomMedia.ts';
import type { RoomStills } from './RoomStills.ts';
import type { StillDesk } from './StillDesk.ts';

export interface RoomSettings {
  name: string;
  maxParticipants: number;
  emptyTimeoutMs: number;
  lobby: boolean;
  metadata: string;
}

export interface RoomOptions {
  /** Unique on this node, for logs. */
  id: string;
  /** API key. */
  tenant: string;
  settings: RoomSettings;
  media: MediaContext;
  stills: StillDesk;
  resumeTimeoutMs: number;
  logger: Logger;
  /** Where the node finds a session by its id, whatever its room. */
  sessionIndex: Map<string, Room>;
  onClosed: () => void;
}

/** Sessions that have not entered may be this many more than the seats: previews and the lobby. */
const WAITING_PLACES = 50;

/** One tasting room: who is in it, who waits, and what each is told. */
export class Room {
  readonly id: string;
  readonly settings: Readonly<RoomSettings>;
  readonly createdAt = Date.now();
  readonly stills: RoomStills;
  readonly quality = new RoomQuality({ changed: (participant) => this.#audience.tellQuality(participant) });
  readonly #logger: Logger;
  readonly #resumeTimeoutMs: number;
  readonly #onClosed: () => void;
  readonly #sessionIndex: Map<string, Room>;
  /** By session id. */
  readonly #sessions = new Map<string, Participant>();
  readonly #resumeTimers = new Map<Participant, NodeJS.Timeout>();
  readonly #audience = new Audience(() => this.#sessions.values());
  readonly #media: RoomMedia;
  #emptyTimer: NodeJS.Timeout | undefined;
  #speakers: string[] = [];
  #closed = false;

  constructor(options: RoomOptions) {
    const { id, tenant, settings, media, stills, resumeTimeoutMs, logger, sessionIndex, onClosed } = options;
    this.id = id;
    this.settings = settings;
    this.stills = stills.openRoom({ tenant, room: settings.name }, this.#audience);
    this.#resumeTimeoutMs = resumeTimeoutMs;
    this.#logger = logger;
    this.#sessionIndex = sessionIndex;
    this.#onClosed = onClosed;
    this.#media = new RoomMedia({
      context: media,
      logger,
      members: () => this.#sessions.values(),
      events: {
        mediaLost: (participant, producerIds) => {
          for (const producerId of producerIds) {
            this.#audience.tellOthers(participant, 'trackUnpublished', { participantId: participant.id, producerId });
          }
          this.quality.reset(participant);
        },
        mediaReset: (participant) => participant.notify('mediaReset', this.snapshot(participant)),
        mediaFailed: (participant, error) => this.#end(participant, 'connectionLost', error),
        speakersChanged: (participantIds) => this.#setSpeakers(participantIds),
      },
    });
    this.#watchEmptiness();
  }

  get closed(): boolean {
    return this.#closed;
  }

  get participants(): Participant[] {
    return [...this.#sessions.values()];
  }

  get routerCount(): number {
    return this.#media.routerCount;
  }

  get summary(): RoomSummary {
    const visible = this.participants.filter((participant) => participant.visible);
    return {
      ...this.settings,
      createdAt: this.createdAt,
      participantCount: visible.length,
      waitingCount: this.#audience.waiting.length,
    };
  }

  get detail(): RoomDetail {
    const participants = this.participants.filter((participant) => participant.visible).map(({ info }) => info);
    return { ...this.summary, participants };
  }

  /** Opens a session that has not entered yet. @throws roomFull, roomClosed */
  addSession(claims: AccessTokenClaims, clientMedia: ClientMedia, connection: Connection): Participant {
    if (this.#closed) throw new ChaxiError('roomClosed');
    if (this.#sessions.size >= this.settings.maxParticipants + WAITING_PLACES) throw new ChaxiError('roomFull');
    const participant = new Participant(claims, clientMedia);
    participant.attach(connection);
    this.#sessions.set(participant.sessionId, participant);
    this.#sessionIndex.set(participant.sessionId, this);
    this.#watchEmptiness();
    return participant;
  }

  /** The session that a client says it had; undefined where it is gone or the secret is not its own. */
  findSession(sessionId: string, secret: string): Participant | undefined {
    const participant = this.#sessions.get(sessionId);
    if (!participant) return undefined;
    const [own, given] = [Buffer.from(participant.resumeSecret), Buffer.from(secret)];
    return own.length === given.length && timingSafeEqual(own, given) ? participant : undefined;
  }

  /** A new socket continues a session. */
  async resume(participant: Participant, connection: Connection): Promise<void> {
    clearTimeout(this.#resumeTimers.get(participant));
    this.#resumeTimers.delete(participant);
    participant.attach(connection);
    if (participant.joined && !participant.media) await this.#media.open(participant);
    this.#begin(participant);
    this.#audience.tellUpdate(participant);
  }

  /** Transports and consumers before the click, so that entering is only a request. */
  async openMedia(participant: Participant): Promise<void> {
    await this.#media.open(participant);
  }

  /**
   * Enters the room, or its lobby. Resolves when the participant's media is made, so that a snapshot holds all of it.
   * @throws roomFull, mediaUnavailable
   */
  async enter(participant: Participant, rtpCapabilities?: RequestData<'join'>['rtpCapabilities']): Promise<void> {
    if (participant.stage !== 'joined' && this.#decide(participant) === 'enter') {
      this.#media.subscriptions.expect(participant);
    }
    if (rtpCapabilities) await this.#media.setRtpCapabilities(participant, rtpCapabilities);
    assertOpen(participant);
    if (participant.stage !== 'joined') this.#admitOrSeat(participant);
    await this.#media.open(participant);
    assertOpen(participant);
    this.#begin(participant);
  }

  /** The first message of a participant's socket. */
  welcome(participant: Participant, connection: Connection, resumed = false): void {
    participant.welcome(connection, this.snapshot(participant, resumed));
    if (resumed) this.stills.remind(participant);
  }

  snapshot(participant: Participant, resumed = false): Snapshot {
    const { name, metadata, maxParticipants, lobby } = this.settings;
    const others = this.participants.filter((other) => other !== participant && other.visible);
    return {
      sessionId: participant.sessionId,
      resumeSecret: participant.resumeSecret,
      resumed,
      stage: participant.stage,
      room: { name, metadata, maxParticipants, lobby, createdAt: this.createdAt },
      self: participant.info,
      grants: participant.grants,
      participants: participant.joined ? others.map(({ info }) => info) : [],
      waiting: participant.joined && participant.grants.admit ? this.#audience.waiting.map(({ info }) => info) : [],
      media: this.#media.info(participant),
    };
  }

  async publish(participant: Participant, request: RequestData<'produce'>): Promise<{ producerId: string }> {
    if (!participant.joined) throw new ChaxiError('wrongStage');
    const track = await this.#media.publish(participant, request);
    this.#announce(participant);
    this.#audience.tellOthers(participant, 'trackPublished', {
      participantId: participant.id,
      track: trackInfo(track),
    });
    this.#media.subscriptions.offer(participant, track);
    return { producerId: track.producerId };
  }

  /** The consumers that the snapshot left out. @throws wrongStage before media is open */
  async subscribe(participant: Participant): Promise<{ consumers: ConsumerInfo[] }> {
    if (!participant.media) throw new ChaxiError('wrongStage');
    const made = await this.#media.subscriptions.subscribeToRest(participant);
    return { consumers: made.map(consumerInfo) };
  }

  /** @throws producerNotFound */
  unpublish(participant: Participant, producerId: string): void {
    const track = participant.tracks.get(producerId);
    if (!track) throw new ChaxiError('producerNotFound');
    participant.tracks.delete(producerId);
    track.close();
    this.#audience.tellOthers(participant, 'trackUnpublished', { participantId: participant.id, producerId });
  }

  /** Mutes or unmutes an own track, or mutes another's. @throws producerNotFound, notAllowed, wrongStage */
  async setProducerPaused(participant: Participant, producerId: string, paused: boolean): Promise<void> {
    if (!participant.joined) throw new ChaxiError('wrongStage');
    const owner = this.participants.find((candidate) => candidate.tracks.has(producerId));
    const track = owner?.tracks.get(producerId);
    if (!owner || !track) throw new ChaxiError('producerNotFound');
    if (owner !== participant && !(participant.grants.moderate && paused)) throw new ChaxiError('notAllowed');
    if (track.paused === paused) return;
    await track.setPaused(paused);
    const change = { participantId: owner.id, producerId, paused };
    this.#audience.tellOthers(owner, 'trackMuted', change);
    if (owner !== participant) owner.notify('trackMuted', change);
  }

  /** @throws producerNotFound, wrongStage, rateLimited */
  setVideoSize(participant: Participant, { producerId, size }: RequestData<'setVideoSize'>): void {
    if (!participant.joined) throw new ChaxiError('wrongStage');
    this.#media.setVideoSize(participant, producerId, size);
  }

  setConsumerPreferences(participant: Participant, data: RequestData<'setConsumerPreferences'>): Promise<void> {
    if (!participant.joined) throw new ChaxiError('wrongStage');
    return this.#media.subscriptions.setPreferences(participant, data);
  }

  requestKeyFrame(participant: Participant, consumerId: string): Promise<void> {
    if (!participant.joined) throw new ChaxiError('wrongStage');
    return this.#media.subscriptions.requestKeyFrame(participant, consumerId);
  }

  /** @throws notAllowed, participantNotFound, roomFull, mediaUnavailable */
  async admit(host: Participant, participantId: string): Promise<void> {
    const guest = this.#assertWaiting(host, participantId);
    this.#media.subscriptions.expect(guest);
    // What can fail comes first: who has no media would be seated and not know it.
    await this.#media.open(guest);
    this.#assertWaiting(host, participantId);
    guest.admitted = true;
    try {
      await this.enter(guest);
    } catch (error) {
      guest.admitted = false;
      throw error;
    }
    guest.notify('admitted', this.snapshot(guest));
    this.#announce(guest);
  }

  /** @throws notAllowed, participantNotFound */
  decline(host: Participant, participantId: string, reason: string | undefined): void {
    const guest = this.#assertWaiting(host, participantId);
    this.#end(guest, 'removed', new ChaxiError('admissionDeclined', { message: reason || undefined }));
  }

  /** @throws notAllowed, participantNotFound */
  remove(moderator: Participant, participantId: string): void {
    if (!moderator.joined || !moderator.grants.moderate) throw new ChaxiError('notAllowed');
    const other = this.participants.find((candidate) => candidate.id === participantId && candidate.joined);
    if (!other) throw new ChaxiError('participantNotFound');
    this.#end(other, 'removed', new ChaxiError('participantRemoved'));
  }

  setMetadata(participant: Participant, metadata: string): void {
    participant.metadata = metadata;
    this.#audience.tellUpdate(participant);
  }

  /** A session that could not be opened: it ends before anyone heard of it. */
  refuse(participant: Participant, error: ErrorBody): void {
    this.#end(participant, 'connectionLost', ChaxiError.fromBody(error));
  }

  leave(participant: Participant): void {
    this.#end(participant, 'left', null);
  }

  /** The socket is gone; its session waits for another one, if one can come. */
  connectionLost(participant: Participant, connection: Connection): void {
    if (!participant.detach(connection)) return;
    if (!participant.resumable) return this.#end(participant, 'connectionLost', null);
    this.#audience.tellUpdate(participant);
    const timer = setTimeout(() => this.#end(participant, 'connectionLost', null), this.#resumeTimeoutMs);
    this.#resumeTimers.set(participant, timer);
  }

  close(code: Extract<ErrorCode, 'roomClosed' | 'serverDraining'> = 'roomClosed'): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#emptyTimer);
    this.stills.close(code);
    for (const participant of this.participants) this.#end(participant, 'roomClosed', new ChaxiError(code));
    this.#media.close();
    this.#onClosed();
    this.#logger.info('room closed', { code });
  }

  /** A seat, or a place in the lobby. @throws roomFull */
  #admitOrSeat(participant: Participant): void {
    const admission = this.#decide(participant);
    if (typeof admission === 'object') throw new ChaxiError(admission.refuse);
    this.#replaceSameIdentity(participant);
    const waited = participant.stage === 'lobby';
    participant.stage = admission === 'wait' ? 'lobby' : 'joined';
    if (participant.joined) {
      participant.joinedAt = Date.now();
      this.#logger.info('participant joined', { participantId: participant.id, role: participant.claims.role });
    }
    if (waited || participant.stage === 'lobby') this.#audience.tellLobby();
  }

  #decide({ grants, admitted, claims }: Participant): Admission {
    const { lobby, maxParticipants } = this.settings;
    const others = this.participants.filter((other) => other.takesSeat && other.claims.sub !== claims.sub);
    return decideAdmission({ grants, admitted, lobby, seatsTaken: others.length, maxParticipants });
  }

  /** What someone who is in and has media does once, at whatever attempt that came true: receive, and be announced. */
  #begin(participant: Participant): void {
    if (!participant.joined || participant.announced) return;
    this.#media.subscriptions.resumeAll(participant);
    // Who joins is answered first.
    setImmediate(() => this.#announce(participant));
  }

  #announce(participant: Participant): void {
    if (!participant.joined || participant.announced) return;
    participant.announced = true;
    if (!participant.visible) return;
    this.#audience.tellOthers(participant, 'participantJoined', { participant: participant.info });
  }

  /** A person is in a room once: a reload or a second page takes over. */
  #replaceSameIdentity(participant: Participant): void {
    for (const other of this.participants) {
      const same = other !== participant && other.claims.sub === participant.claims.sub;
      if (same && other.stage !== 'prepared') this.#end(other, 'replaced', new ChaxiError('sessionReplaced'));
    }
  }

  #assertWaiting(host: Participant, participantId: string): Participant {
    if (!host.joined || !host.grants.admit) throw new ChaxiError('notAllowed');
    const guest = this.#audience.waiting.find((candidate) => candidate.id === participantId);
    if (!guest) throw new ChaxiError('participantNotFound');
    return guest;
  }

  #end(participant: Participant, reason: LeaveReason, error: ChaxiError | null): void {
    if (!this.#sessions.delete(participant.sessionId)) return;
    this.#sessionIndex.delete(participant.sessionId);
    clearTimeout(this.#resumeTimers.get(participant));
    this.#resumeTimers.delete(participant);
    const { visible, stage, id: participantId } = participant;
    participant.close(error?.toBody() ?? null);
    this.stills.forget(participant);
    this.quality.forget(participant);
    // Of a room that closes everyone hears by the end of their own session.
    if (visible && !this.#closed) this.#audience.tellJoined('participantLeft', { participantId, reason });
    if (stage === 'lobby' && !this.#closed) this.#audience.tellLobby();
    if (stage === 'joined') this.#logger.info('participant left', { participantId, reason });
    this.#watchEmptiness();
  }

  #watchEmptiness(): void {
    clearTimeout(this.#emptyTimer);
    if (this.#closed || this.#sessions.size > 0) return;
    this.#emptyTimer = setTimeout(() => this.close(), this.settings.emptyTimeoutMs);
  }

  #setSpeakers(participantIds: string[]): void {
    if (participantIds.join() === this.#speakers.join()) return;
    this.#speakers = participantIds;
    this.#audience.tellJoined('activeSpeakers', { participantIds });
  }
}

/** It may have left, or been replaced, while something was awaited. */
function assertOpen(participant: Participant): void {
  if (participant.closed) throw new ChaxiError('participantNotFound');
}
