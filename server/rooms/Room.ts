import { timingSafeEqual } from 'node:crypto';
import { ChaxiError, type ErrorBody } from '../../protocol/ChaxiError.ts';
import type { AccessTokenClaims } from '../../protocol/accessToken.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { RoomDetail, RoomSummary } from '../../protocol/rest.ts';
import type { ConsumerInfo, RequestData, Snapshot } from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import { Audience } from './Audience.ts';
import { Entrance } from './Entrance.ts';
import { isSeenBy } from './hearingPolicy.ts';
import { consumerInfo, Participant, type ClientMedia, type Connection } from './Participant.ts';
import { trackInfo } from './PublishedTrack.ts';
import type { LocalTrack } from './LocalTrack.ts';
import type { Member } from './Member.ts';
import { Moderation } from './Moderation.ts';
import { PeopleWatch } from './PeopleWatch.ts';
import { RoomQuality } from './quality/RoomQuality.ts';
import type { RecordDesk } from './records/RecordDesk.ts';
import type { RoomRecords } from './records/RoomRecords.ts';
import { RoomMedia, type MediaContext } from './RoomMedia.ts';
import type { RoomStills } from './RoomStills.ts';
import { Seats } from './Seats.ts';
import { SideRoom } from './SideRoom.ts';
import type { RoomSpan } from './span/RoomSpan.ts';
import { memberStateOf } from './span/memberState.ts';
import type { SpanDesk } from './span/SpanDesk.ts';
import { Speakers } from './Speakers.ts';
import type { StillDesk } from './StillDesk.ts';
import type { RoomTasting } from './tasting/RoomTasting.ts';
import type { TastingDesk } from './tasting/TastingDesk.ts';

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
  records: RecordDesk;
  tastings: TastingDesk;
  spans: SpanDesk;
  resumeTimeoutMs: number;
  logger: Logger;
  /** Where the node finds a session by its id, whatever its room. */
  sessionIndex: Map<string, Room>;
  /** Someone came in or before the door, went, or is another now. */
  onPeopleChanged: () => void;
  /** A host has sent someone out, whose session may have been on a node that is gone. */
  onRemoved: (identity: string) => void;
  onClosed: () => void;
}

/** Sessions that have not entered may be this many more than the seats: previews and the lobby. */
const WAITING_PLACES = 50;

/** A node that is there has told of its people by then; nobody waits longer for one that is not. */
const MEET_WITHIN_MS = 300;

/** One tasting room, as far as it is on this node: who is in it, who waits, and what each is told. */
export class Room {
  readonly id: string;
  readonly settings: Readonly<RoomSettings>;
  readonly createdAt = Date.now();
  readonly stills: RoomStills;
  readonly records: RoomRecords;
  readonly tasting: RoomTasting;
  readonly moderation: Moderation;
  readonly quality = new RoomQuality({ changed: (participant) => this.#audience.tellQuality(participant) });
  readonly #logger: Logger;
  readonly #resumeTimeoutMs: number;
  readonly #onRemoved: (identity: string) => void;
  readonly #onClosed: () => void;
  readonly #sessionIndex: Map<string, Room>;
  /** By session id. */
  readonly #sessions = new Map<string, Participant>();
  readonly #resumeTimers = new Map<Participant, NodeJS.Timeout>();
  readonly #audience: Audience;
  readonly #media: RoomMedia;
  readonly #span: RoomSpan;
  readonly #seats: Seats;
  readonly #speakers: Speakers;
  readonly #sideRoom: SideRoom;
  readonly #entrance: Entrance;
  readonly #peopleWatch: PeopleWatch;
  #emptyTimer: NodeJS.Timeout | undefined;
  /** How many are about to come in. */
  #meeting = 0;
  #closed = false;

  constructor(options: RoomOptions) {
    const { id, tenant, settings, media, stills, spans, resumeTimeoutMs, logger, sessionIndex, onClosed } = options;
    const key = { tenant, room: settings.name };
    const sessions = () => this.#sessions.values();
    this.id = id;
    this.settings = settings;
    this.#peopleWatch = new PeopleWatch({ people: () => this.everyone, changed: options.onPeopleChanged });
    this.#span = spans.openSpan({
      room: key,
      sessions,
      act: (participantId, act, by) => this.moderation.act(participantId, act, by),
      settled: () => this.#sideRoom.settled,
      events: {
        memberChanged: (change) => {
          this.#audience.tellChange(change);
          this.#sideRoom.heed(change);
        },
        entered: (member) => this.#seats.contest(member),
        trackOpened: (member, track) => this.#media.subscriptions.offerRemote(member, track),
        trackResized: (track) => this.#media.tellSize(track),
        lobbyChanged: () => this.#audience.tellLobby(),
        speakersChanged: () => this.#speakers.tell(),
        demanded: (nodeId, producerId, layers) =>
          this.#media.subscriptions.demand.setRemote(nodeId, producerId, layers),
        nodeGone: (nodeId) => this.#media.subscriptions.demand.forgetNode(nodeId),
        changed: () => this.#peopleWatch.look(),
      },
    });
    this.#audience = new Audience({
      sessions,
      remote: () => this.#span.members,
      changed: (participant) => this.#span.touch(participant),
    });
    this.#seats = new Seats({
      settings,
      sessions,
      span: this.#span,
      end: (participant, reason, error) => this.#end(participant, reason, error),
    });
    const find = (participantId: string) => this.#members.find(({ id: own }) => own === participantId);
    const moved = (participant: Participant) => participant.notify('admitted', this.snapshot(participant));
    this.#speakers = new Speakers({ sessions, find, remote: () => this.#span.speakers });
    this.#sideRoom = new SideRoom({
      sessions,
      find,
      audience: this.#audience,
      subscriptions: () => this.#media.subscriptions,
      speakers: this.#speakers,
      span: this.#span,
      moved,
    });
    this.moderation = new Moderation({
      sessions,
      findRemote: (participantId) => this.#span.find(participantId),
      giveUp: (participantId) => this.#giveUp(participantId),
      ask: (member, act, by) => spans.act(member.nodeId, key, member.id, act, by),
      letIn: (guest) => this.#entrance.letIn(guest),
      letInAside: (guest, hostId) => this.#entrance.letInAside(guest, hostId),
      sideRoom: this.#sideRoom,
      waiting: () => this.#audience.waiting.sort((one, other) => one.enteredAt - other.enteredAt),
      freeSeats: () => this.#seats.free,
      end: (participant, reason, error) => this.#end(participant, reason, error),
      mute: (owner, producerId) => this.#pauseTrack(owner, producerId, true, undefined),
    });
    this.stills = stills.openRoom({
      room: key,
      audience: this.#audience,
      findRemote: (participantId) => this.#span.find(participantId),
    });
    this.records = options.records.openRoom(key);
    this.tasting = options.tastings.openRoom({
      room: key,
      records: this.records,
      audience: this.#audience,
      otherNodes: () => this.otherNodes,
    });
    this.#resumeTimeoutMs = resumeTimeoutMs;
    this.#logger = logger;
    this.#sessionIndex = sessionIndex;
    this.#onRemoved = options.onRemoved;
    this.#onClosed = onClosed;
    this.#media = new RoomMedia({
      context: media,
      logger,
      sessions,
      remote: () => this.#span.members,
      events: {
        mediaLost: (participant, producerIds) => {
          for (const producerId of producerIds) {
            this.#audience.tellOthers(participant, 'trackUnpublished', { participantId: participant.id, producerId });
          }
          this.quality.reset(participant);
        },
        mediaReset: (participant) => participant.notify('mediaReset', this.snapshot(participant)),
        mediaFailed: (participant, error) => this.#end(participant, 'connectionLost', error),
        speakersChanged: (participantIds) => {
          this.#span.setSpeakers(participantIds);
          this.#speakers.setOwn(participantIds);
        },
      },
    });
    this.#entrance = new Entrance({
      media: this.#media,
      seats: this.#seats,
      audience: this.#audience,
      sideRoom: this.#sideRoom,
      span: this.#span,
      moved,
      logger,
    });
    this.#watchEmptiness();
  }

  get closed(): boolean {
    return this.#closed;
  }

  get participants(): Participant[] {
    return [...this.#sessions.values()];
  }

  /** The other nodes that have the room, as far as is known. */
  get otherNodes(): string[] {
    return this.#span.nodeIds;
  }

  /** Resolves when it is known who is in the room on these nodes and all others that have it, or shortly after, and what is kept of it. */
  async meet(nodeIds: readonly string[]): Promise<void> {
    // With those that it knows already there is nothing to be done at each join.
    if (nodeIds.length > 0) this.#span.meet(nodeIds);
    this.#meeting += 1;
    this.#watchEmptiness();
    await Promise.all([this.#span.untilMet(MEET_WITHIN_MS), this.records.meet(nodeIds)]);
    this.#meeting -= 1;
    this.#watchEmptiness();
  }

  get routerCount(): number {
    return this.#media.routerCount;
  }

  /** On all nodes. */
  get summary(): RoomSummary {
    const visible = this.#members.filter((member) => member.visible);
    return {
      ...this.settings,
      createdAt: this.createdAt,
      participantCount: visible.length,
      waitingCount: this.#audience.waiting.length,
    };
  }

  get detail(): RoomDetail {
    const participants = this.#members.filter((member) => member.visible).map(({ info }) => info);
    return { ...this.summary, participants };
  }

  /** Those of all nodes, in the room and before its door. */
  get everyone(): Member[] {
    return this.#members.filter(({ stage }) => stage !== 'prepared');
  }

  /** Whether someone is in the room, and not only in its lobby. */
  hasInside(identity: string): boolean {
    return this.#members.some((member) => member.identity === identity && member.stage === 'joined');
  }

  /** What someone of this node publishes. */
  findProducer(producerId: string): LocalTrack | undefined {
    return this.participants.flatMap(({ tracks }) => tracks.get(producerId) ?? [])[0];
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
    if (participant.inside && !participant.media) await this.#media.open(participant);
    this.#entrance.begin(participant);
    this.#audience.tellUpdate(participant);
  }

  /** Transports and consumers before the click, so that entering is only a request. */
  async openMedia(participant: Participant): Promise<void> {
    await this.#media.open(participant);
  }

  /** Enters the room, or its lobby (`Entrance.enter`). */
  enter(participant: Participant, rtpCapabilities?: RequestData<'join'>['rtpCapabilities']): Promise<void> {
    return this.#entrance.enter(participant, rtpCapabilities);
  }

  /** The first message of a participant's socket. */
  welcome(participant: Participant, connection: Connection, resumed = false): void {
    participant.welcome(connection, this.snapshot(participant, resumed));
    this.tasting.greet(participant);
    if (resumed) this.stills.remind(participant);
  }

  snapshot(participant: Participant, resumed = false): Snapshot {
    const { name, metadata, maxParticipants, lobby } = this.settings;
    const others = this.#members.filter((other) => other !== participant && isSeenBy(other, participant.id));
    return {
      sessionId: participant.sessionId,
      resumeSecret: participant.resumeSecret,
      resumed,
      stage: participant.stage,
      room: {
        name,
        metadata,
        maxParticipants,
        lobby,
        locked: false,
        hostName: null,
        lobbyNote: '',
        hostAway: null,
        createdAt: this.createdAt,
      },
      self: participant.info,
      grants: participant.grants,
      participants: participant.inside ? others.map(({ info }) => info) : [],
      waiting: participant.joined && participant.grants.admit ? this.#audience.waiting.map(({ info }) => info) : [],
      media: this.#media.info(participant),
    };
  }

  async publish(participant: Participant, request: RequestData<'produce'>): Promise<{ producerId: string }> {
    if (!participant.inside) throw new ChaxiError('wrongStage');
    const track = await this.#media.publish(participant, request);
    this.#entrance.announce(participant);
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
    if (!participant.inside) throw new ChaxiError('wrongStage');
    const owner = this.#members.find((candidate) => candidate.tracks.has(producerId));
    if (!owner) throw new ChaxiError('producerNotFound');
    if (owner === participant) await this.#pauseTrack(participant, producerId, paused, participant);
    else if (paused) await this.moderation.mute(participant, owner.id, producerId);
    else throw new ChaxiError('notAllowed');
  }

  /** @throws producerNotFound, wrongStage, rateLimited */
  setVideoSize(participant: Participant, { producerId, size }: RequestData<'setVideoSize'>): void {
    if (!participant.inside) throw new ChaxiError('wrongStage');
    this.#media.setVideoSize(participant, producerId, size);
    this.#span.touch(participant);
  }

  setConsumerPreferences(participant: Participant, data: RequestData<'setConsumerPreferences'>): Promise<void> {
    if (!participant.inside) throw new ChaxiError('wrongStage');
    return this.#media.subscriptions.setPreferences(participant, data);
  }

  requestKeyFrame(participant: Participant, data: RequestData<'requestKeyFrame'>): Promise<void> {
    if (!participant.inside) throw new ChaxiError('wrongStage');
    return this.#media.subscriptions.requestKeyFrame(participant, data);
  }

  setMetadata(participant: Participant, metadata: string): void {
    participant.metadata = metadata;
    this.#audience.tellUpdate(participant);
  }

  /** A session that could not be opened: it ends before anyone heard of it. */
  refuse(participant: Participant, error: ErrorBody): void {
    this.#end(participant, 'connectionLost', ChaxiError.fromBody(error));
  }

  /** An invitation is good no more: who is here by it and has not been let in is sent away. */
  dismissInvited(inviteId: string): void {
    const invited = this.participants.filter(({ claims }) => claims.invite === inviteId);
    for (const participant of invited.filter(({ stage }) => stage === 'prepared' || stage === 'lobby')) {
      this.#end(participant, 'removed', new ChaxiError('inviteRevoked'));
    }
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
    this.#span.close({ moving: code === 'serverDraining' });
    this.stills.close(code);
    this.tasting.close();
    this.records.close();
    for (const participant of this.participants) this.#end(participant, 'roomClosed', new ChaxiError(code));
    this.#peopleWatch.close();
    this.#media.close();
    this.#onClosed();
    this.#logger.info('room closed', { code });
  }

  /** Those of this node and of the others. */
  get #members(): Member[] {
    return [...this.#sessions.values(), ...this.#span.members];
  }

  #giveUp(participantId: string): boolean {
    const member = this.#span.find(participantId);
    if (!this.#span.giveUp(participantId, 'removed')) return false;
    if (member?.stage === 'joined') this.#onRemoved(member.identity);
    return true;
  }

  /** @param by who knows of it already. @throws producerNotFound */
  async #pauseTrack(
    owner: Participant,
    producerId: string,
    paused: boolean,
    by: Participant | undefined,
  ): Promise<void> {
    const track = owner.tracks.get(producerId);
    if (!track) throw new ChaxiError('producerNotFound');
    if (track.paused === paused) return;
    await track.setPaused(paused);
    const change = { participantId: owner.id, producerId, paused };
    this.#audience.tellOthers(owner, 'trackMuted', change);
    if (owner !== by) owner.notify('trackMuted', change);
  }

  #end(participant: Participant, reason: LeaveReason, error: ChaxiError | null): void {
    if (!this.#sessions.delete(participant.sessionId)) return;
    this.#sessionIndex.delete(participant.sessionId);
    clearTimeout(this.#resumeTimers.get(participant));
    this.#resumeTimers.delete(participant);
    const { stage, identity, id: participantId } = participant;
    const before = memberStateOf(participant);
    participant.close(error?.toBody() ?? null);
    this.stills.forget(participant);
    this.quality.forget(participant);
    if (stage !== 'prepared') this.#span.drop(participantId, reason);
    // Of a room that closes everyone hears by the end of their own session.
    if (!this.#closed) {
      this.#audience.tellChange({ before, after: null, reason });
      this.#sideRoom.review();
      if (stage === 'lobby') this.#audience.tellLobby();
    }
    if (stage === 'joined') this.#logger.info('participant left', { participantId, reason });
    if (stage === 'joined' && reason === 'removed') this.#onRemoved(identity);
    this.#watchEmptiness();
  }

  #watchEmptiness(): void {
    clearTimeout(this.#emptyTimer);
    if (this.#closed || this.#sessions.size > 0 || this.#meeting > 0) return;
    this.#emptyTimer = setTimeout(() => this.close(), this.settings.emptyTimeoutMs);
  }
}
