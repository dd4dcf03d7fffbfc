import { timingSafeEqual } from 'node:crypto';
import { ChaxiError, type ErrorBody } from '../../protocol/ChaxiError.ts';
import type { AccessTokenClaims } from '../../protocol/accessToken.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { RoomDetail, RoomSummary } from '../../protocol/rest.ts';
import type { RequestData, Snapshot } from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import { Audience } from './Audience.ts';
import { Entrance } from './Entrance.ts';
import { isSeenBy } from './hearingPolicy.ts';
import { Hosting } from './Hosting.ts';
import { Participant, type ClientMedia, type Connection } from './Participant.ts';
import type { LocalTrack } from './LocalTrack.ts';
import type { Member } from './Member.ts';
import { Moderation } from './Moderation.ts';
import { PeopleWatch } from './PeopleWatch.ts';
import { RoomQuality } from './quality/RoomQuality.ts';
import type { RecordDesk } from './records/RecordDesk.ts';
import type { RoomRecords } from './records/RoomRecords.ts';
import { RoomFacts } from './RoomFacts.ts';
import { RoomMedia, type MediaContext } from './RoomMedia.ts';
import { RoomRules } from './RoomRules.ts';
import type { RoomStills } from './RoomStills.ts';
import { RoomTracks } from './RoomTracks.ts';
import { Seats } from './Seats.ts';
import { SideRoom } from './SideRoom.ts';
import type { MemberChange } from './span/describeChange.ts';
import { memberStateOf } from './span/memberState.ts';
import type { RoomSpan } from './span/RoomSpan.ts';
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
  /** So long the role of a host is kept whose connection is lost. */
  hostReturnMs: number;
  logger: Logger;
  /** Where the node finds a session by its id, whatever its room. */
  sessionIndex: Map<string, Room>;
  /** Someone came in or before the door, went, or is another now; or the room was locked or opened. */
  onPeopleChanged: () => void;
  /** A host has sent someone out, whose session may have been on a node that is gone. */
  onRemoved: (identity: string) => void;
  /** They can not come into this room any more. */
  onBanned: (identity: string) => void;
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
  readonly rules: RoomRules;
  readonly hosting: Hosting;
  readonly tracks: RoomTracks;
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
  readonly #facts: RoomFacts;
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
    this.#peopleWatch = new PeopleWatch({
      people: () => this.everyone,
      locked: () => this.rules.locked,
      changed: options.onPeopleChanged,
    });
    this.#span = spans.openSpan({
      room: key,
      sessions,
      act: (participantId, act, by) => this.moderation.act(participantId, act, by),
      settled: () => this.#sideRoom.settled,
      events: {
        memberChanged: (change) => {
          this.#audience.tellChange(change);
          this.#sideRoom.heed(change);
          this.#heedHost(change);
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
    const members = () => this.#members;
    const find = (participantId: string) => this.#members.find(({ id: own }) => own === participantId);
    const joined = () => this.hosting.review();
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
      joined,
      // The summary leaves out who is aside.
      revealed: () => this.tasting.notes.lookAgain(),
    });
    this.records = options.records.openRoom(key);
    const { rules: record } = this.records;
    this.rules = new RoomRules({
      record,
      sessions,
      members,
      end: (participant, reason, error) => this.#end(participant, reason, error),
      onBanned: options.onBanned,
    });
    this.hosting = new Hosting({
      record,
      sessions,
      members,
      returnMs: options.hostReturnMs,
      roleChanged: (participant) => this.#tellRole(participant),
      changed: () => {
        this.#facts.tell();
        this.#peopleWatch.look();
      },
      logger,
    });
    this.#facts = new RoomFacts({
      settings,
      createdAt: this.createdAt,
      rules: this.rules,
      hosting: this.hosting,
      sessions,
    });
    this.moderation = new Moderation({
      sessions,
      find,
      findRemote: (participantId) => this.#span.find(participantId),
      giveUp: (participantId) => this.#giveUp(participantId),
      ask: (member, act, by) => spans.act(member.nodeId, key, member.id, act, by),
      letIn: (guest) => this.#entrance.letIn(guest),
      letInAside: (guest, hostId) => this.#entrance.letInAside(guest, hostId),
      sideRoom: this.#sideRoom,
      waiting: () => this.#audience.waiting.sort((one, other) => one.enteredAt - other.enteredAt),
      freeSeats: () => this.#seats.free,
      rules: this.rules,
      end: (participant, reason, error) => this.#end(participant, reason, error),
      mute: (owner, producerId) => this.tracks.mute(owner, producerId),
    });
    this.stills = stills.openRoom({
      room: key,
      audience: this.#audience,
      findRemote: (participantId) => this.#span.find(participantId),
    });
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
      rules: this.rules,
      joined,
      moved,
      logger,
    });
    this.tracks = new RoomTracks({
      media: this.#media,
      audience: this.#audience,
      entrance: this.#entrance,
      moderation: this.moderation,
      span: this.#span,
      members,
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

  /** Opens a session that has not entered yet. @throws roomFull, roomClosed, roomLocked, participantBanned */
  addSession(claims: AccessTokenClaims, clientMedia: ClientMedia, connection: Connection): Participant {
    if (this.#closed) throw new ChaxiError('roomClosed');
    if (this.#sessions.size >= this.settings.maxParticipants + WAITING_PLACES) throw new ChaxiError('roomFull');
    const participant = new Participant(claims, clientMedia);
    this.hosting.assign(participant);
    this.rules.assertMayCome(participant);
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
    this.hosting.review();
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
    const others = this.#members.filter((other) => other !== participant && isSeenBy(other, participant.id));
    return {
      sessionId: participant.sessionId,
      resumeSecret: participant.resumeSecret,
      resumed,
      stage: participant.stage,
      room: this.#facts.info,
      self: participant.info,
      grants: participant.grants,
      participants: participant.inside ? others.map(({ info }) => info) : [],
      waiting: participant.joined && participant.grants.admit ? this.#audience.waiting.map(({ info }) => info) : [],
      media: this.#media.info(participant),
    };
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
    this.hosting.review();
    const timer = setTimeout(() => this.#end(participant, 'connectionLost', null), this.#resumeTimeoutMs);
    this.#resumeTimers.set(participant, timer);
  }

  close(code: Extract<ErrorCode, 'roomClosed' | 'serverDraining'> = 'roomClosed'): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#emptyTimer);
    // Where nobody of this node is left others may go on with it.
    this.hosting.close({
      isOver: code === 'roomClosed' && (this.#sessions.size > 0 || this.#span.members.length === 0),
    });
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
      this.#heedHost({ before, after: null, reason });
      if (stage === 'lobby') this.#audience.tellLobby();
    }
    if (stage === 'joined') this.#logger.info('participant left', { participantId, reason });
    if (stage === 'joined' && reason === 'removed') this.#onRemoved(identity);
    this.#watchEmptiness();
  }

  /** Someone on another node is not what they were. */
  #heedHost({ before, after, reason = 'left' }: MemberChange): void {
    if (after?.stage === 'joined') this.hosting.review();
    else if (before?.stage === 'joined') this.hosting.depart(before, reason);
  }

  /** Someone may do other things than before. */
  #tellRole(participant: Participant): void {
    if (!participant.grants.admit) this.#sideRoom.end(participant);
    participant.notify('roleChanged', this.snapshot(participant));
    this.#audience.tellUpdate(participant);
  }

  #watchEmptiness(): void {
    clearTimeout(this.#emptyTimer);
    if (this.#closed || this.#sessions.size > 0 || this.#meeting > 0) return;
    this.#emptyTimer = setTimeout(() => this.close(), this.settings.emptyTimeoutMs);
  }
}
