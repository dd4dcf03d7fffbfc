import { randomBytes, randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import { limits } from '../../protocol/limits.ts';
import { ChaxiError, type ErrorBody } from '../../protocol/ChaxiError.ts';
import type { AccessTokenClaims } from '../../protocol/accessToken.ts';
import { resolveGrants, type Grants, type Role, type Source } from '../../protocol/grants.ts';
import type { ParticipantInfo } from '../../protocol/participants.ts';
import type { DtlsParameters, RtpCapabilities } from '../../protocol/rtp.ts';
import type {
  ConsumerInfo,
  LayersWanted,
  ServerNotification,
  ServerNotificationData,
  Stage,
} from '../../protocol/signaling.ts';
import type { MediaSession } from '../media/MediaSession.ts';
import { commonGrants } from './commonGrants.ts';
import type { LocalTrack } from './LocalTrack.ts';
import type { Member } from './Member.ts';
import { trackInfo, type PublishedTrack } from './PublishedTrack.ts';
import { qualityName, unknownQuality, type SmoothedQuality } from './quality/smoothQuality.ts';

/** The socket of a participant, as far as the room needs it. */
export interface Connection {
  /** Round trip to the client in milliseconds, once it is known. */
  readonly rttMs: number | undefined;
  /** Measures it anew, if it is not fresh. */
  measureRtt(): void;
  notify<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void;
  /** Tells the client that the session is over, and closes the socket. */
  close(error: ErrorBody | null): void;
}

/** What a client told of its media when it came. */
export interface ClientMedia {
  routerRtpCapabilitiesId: string;
  rtpCapabilities: RtpCapabilities;
  dtlsFingerprints?: DtlsParameters['fingerprints'];
}

export interface Subscription {
  consumer: types.Consumer;
  publisher: Member;
  /** The subscriber wants it paused. */
  paused: boolean;
  /** It may not have it now, whatever it wants (`receptionOf`). */
  withheld: boolean;
  /** The largest that the subscriber wants. */
  layers: types.ConsumerLayers;
  track: PublishedTrack;
}

/** The session of one person in one room: who it is, how far it has come, and its media. It knows no other. */
export class Participant implements Member {
  readonly id = randomUUID();
  readonly sessionId = randomUUID();
  readonly resumeSecret = randomBytes(24).toString('base64url');
  readonly claims: AccessTokenClaims;
  readonly tracks = new Map<string, LocalTrack>();
  /** By consumer id. */
  readonly subscriptions = new Map<string, Subscription>();
  stage: Stage = 'prepared';
  admitted = false;
  asideWith: string | null = null;
  /** The others have been told. */
  announced = false;
  /**
   * When it came in, or into the lobby, in milliseconds since 1970, and in any case after the sessions of the same person that were
   * known: clocks of nodes differ, and so does what they know.
   */
  enteredAt = 0;
  metadata: string;
  network: SmoothedQuality = unknownQuality;
  clientMedia: ClientMedia;
  media: MediaSession | null = null;
  readonly #tokenGrants: Grants;
  #role: Role;
  #grants: Grants;
  readonly #reservedSources = new Set<Source>();
  #connection: Connection | null = null;
  #joinedAt = { time: 0, clock: 0 };
  #latestAttempt = 0;
  #welcomed = false;
  #resumable = false;
  #closed = false;

  constructor(claims: AccessTokenClaims, clientMedia: ClientMedia) {
    this.claims = claims;
    this.#role = claims.role;
    this.#tokenGrants = resolveGrants(claims.role, claims.grants);
    this.#grants = this.#tokenGrants;
    this.metadata = claims.metadata ?? '';
    this.clientMedia = clientMedia;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get identity(): string {
    return this.claims.sub;
  }

  /** By the token, or as hosting was handed over. */
  get role(): Role {
    return this.#role;
  }

  set role(role: Role) {
    if (role === this.#role) return;
    this.#role = role;
    this.#grants = role === this.claims.role ? this.#tokenGrants : presetWithin(role, this.#tokenGrants);
  }

  get grants(): Grants {
    return this.#grants;
  }

  /** What it may do by the token and may do now: what a hand-over has given ends with it. */
  get lastingGrants(): Grants {
    return commonGrants(this.#grants, this.#tokenGrants);
  }

  /** Neither lobby nor lock keep it out, whatever it has handed over. */
  get comesFreely(): boolean {
    return this.#grants.admit || this.#tokenGrants.admit;
  }

  get connected(): boolean {
    return this.#connection !== null;
  }

  /** Round trip to the client in milliseconds; undefined while it is not known. */
  get rttMs(): number | undefined {
    return this.#connection?.rttMs;
  }

  measureRtt(): void {
    this.#connection?.measureRtt();
  }

  /** The client was told how: without a welcome it can not know. */
  get resumable(): boolean {
    return this.#resumable;
  }

  get joined(): boolean {
    return this.stage === 'joined' && !this.#closed;
  }

  /** It receives the room and may publish: it has joined, or speaks aside first. */
  get inside(): boolean {
    return this.joined || (this.stage === 'aside' && !this.#closed);
  }

  /** Since it entered, in milliseconds of the node's clock. */
  get joinedForMs(): number {
    return performance.now() - this.#joinedAt.clock;
  }

  get takesSeat(): boolean {
    return this.inside && !this.grants.hidden;
  }

  get visible(): boolean {
    return this.joined && !this.grants.hidden && this.announced;
  }

  get info(): ParticipantInfo {
    return {
      participantId: this.id,
      identity: this.claims.sub,
      name: this.claims.name ?? this.claims.sub,
      role: this.role,
      metadata: this.metadata,
      joinedAt: this.#joinedAt.time,
      connection: this.connected ? 'connected' : 'reconnecting',
      quality: qualityName(this.network),
      qualityReason: this.network.reason,
      tracks: [...this.tracks.values()].map(trackInfo),
      asideWith: this.asideWith,
    };
  }

  get layersWanted(): LayersWanted[] {
    return [...this.tracks.values()]
      .filter(({ kind }) => kind === 'video')
      .map(({ producerId, layersWanted }) => ({ producerId, spatialLayers: layersWanted }));
  }

  get consumerInfos(): ConsumerInfo[] {
    return [...this.subscriptions.values()].map(consumerInfo);
  }

  /** It has entered now. */
  noteJoined(): void {
    this.#joinedAt = { time: Date.now(), clock: performance.now() };
  }

  /** False for a socket that the client gave up for a later one, which was here before it. */
  isLatest(attempt = this.#latestAttempt): boolean {
    if (attempt < this.#latestAttempt) return false;
    this.#latestAttempt = attempt;
    return true;
  }

  /** Takes a new socket; the one before is closed without a word. Nothing is sent before `welcome`. */
  attach(connection: Connection): void {
    const previous = this.#connection;
    this.#connection = connection;
    this.#welcomed = false;
    previous?.close(null);
  }

  /** Forgets a socket that is gone; false where another has taken its place. */
  detach(connection: Connection): boolean {
    if (this.#connection !== connection) return false;
    this.#connection = null;
    this.#welcomed = false;
    return true;
  }

  /** The first message of a socket; unsaid where another socket has taken its place meanwhile. */
  welcome(connection: Connection, snapshot: ServerNotificationData<'welcome'>): void {
    if (this.#connection !== connection) return;
    this.#welcomed = true;
    this.#resumable = true;
    connection.notify('welcome', snapshot);
  }

  /** What happens before the welcome is part of the snapshot in it, so nothing is lost by not sending it. */
  notify<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    if (this.#welcomed) this.#connection?.notify(name, data);
  }

  tellLayersWanted(producerId: string, spatialLayers: number): void {
    this.notify('layersWanted', { producerId, spatialLayers });
  }

  /** Keeps a source for a track that is being published. @throws notAllowed, sourceTaken, limitReached */
  reserveSource(source: Source): () => void {
    if (!this.grants.publish.includes(source)) throw new ChaxiError('notAllowed', { path: 'source' });
    const taken = [...this.tracks.values()].some((track) => track.source === source);
    if (taken || this.#reservedSources.has(source)) throw new ChaxiError('sourceTaken', { path: 'source' });
    if (this.tracks.size + this.#reservedSources.size >= limits.producers) throw new ChaxiError('limitReached');
    this.#reservedSources.add(source);
    return () => this.#reservedSources.delete(source);
  }

  /** Drops all media, so that a new session on another router can follow. */
  closeMedia(): void {
    const media = this.media;
    this.media = null;
    this.tracks.clear();
    this.subscriptions.clear();
    media?.close();
  }

  close(error: ErrorBody | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.closeMedia();
    // Let go of first: the socket's end is no loss of a session that is over.
    const connection = this.#connection;
    this.#connection = null;
    connection?.close(error);
  }
}

/** Media is made for what the token allows to send and to receive, and who is hidden by it stays so. */
function presetWithin(role: Role, { publish, subscribe, hidden }: Grants): Grants {
  return resolveGrants(role, { publish, subscribe, hidden });
}

export function consumerInfo({ consumer, publisher, track, paused }: Subscription): ConsumerInfo {
  const { source, size } = track;
  return {
    consumerId: consumer.id,
    producerId: consumer.producerId,
    participantId: publisher.id,
    kind: consumer.kind,
    source,
    rtpParameters: consumer.rtpParameters as ConsumerInfo['rtpParameters'],
    type: consumer.type === 'pipe' ? 'simple' : consumer.type,
    paused,
    ...(size ? { size } : {}),
  };
}
