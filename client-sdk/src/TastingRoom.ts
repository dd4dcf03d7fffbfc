import { detectDevice } from 'mediasoup-client';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Grants, Source } from '../../protocol/grants.ts';
import type { ParticipantInfo } from '../../protocol/participants.ts';
import type { RoomInfo, Stage } from '../../protocol/signaling.ts';
import { devices } from './devices/devices.ts';
import { createDtlsIdentity, type DtlsIdentity } from './media/DtlsIdentity.ts';
import { MediaDevice } from './media/MediaDevice.ts';
import type { Publisher } from './media/Publisher.ts';
import { LocalParticipant } from './participants/LocalParticipant.ts';
import type { Participant } from './participants/Participant.ts';
import type { RemoteParticipant } from './participants/RemoteParticipant.ts';
import type { RoomEmit, RoomEvents, RoomState } from './RoomEvents.ts';
import { RoomMessages } from './RoomMessages.ts';
import { createPublisher } from './session/createPublisher.ts';
import { Deferred } from './session/Deferred.ts';
import type { JoinTiming } from './session/JoinClock.ts';
import { RoomSession } from './session/RoomSession.ts';
import { HelloMaker, type HelloIntent } from './signaling/HelloMaker.ts';
import type { RoomStats } from './stats/RoomStats.ts';
import { StatsCollector } from './stats/StatsCollector.ts';
import { chooseStillCamera } from './stills/chooseStillCamera.ts';
import type { Still, StillPage, StillSource } from './stills/Still.ts';
import { resolveOptions, type ResolvedOptions, type TastingRoomOptions } from './TastingRoomOptions.ts';
import { TypedEmitter } from './TypedEmitter.ts';

/**
 * A tasting room. Make it when the page loads: what the browser can do and the certificate for its media are found out in
 * the background, so that the click on "join" costs one round trip for everything.
 */
export class TastingRoom extends TypedEmitter<RoomEvents> {
  readonly localParticipant: LocalParticipant;
  /** The conversation of the room. */
  readonly messages: RoomMessages;
  readonly #options: ResolvedOptions;
  readonly #device = new MediaDevice();
  readonly #hello: HelloMaker;
  readonly #publisher: Publisher;
  readonly #stats = new StatsCollector();
  readonly #emit: RoomEmit = (name, ...args) => this.emit(name, ...args);
  #identity: DtlsIdentity = {};
  #session: RoomSession | null = null;
  #state: RoomState = 'idle';
  #preparing: Promise<void> | null = null;
  /** What `join()` returned. */
  #entry: Deferred | null = null;
  #entered = false;
  #canPlayAudio = true;
  #unwatchDevices: () => void = () => undefined;

  /** @throws TypeError for an address that is no URL */
  constructor(options: TastingRoomOptions) {
    super();
    this.#options = resolveOptions(options);
    const identity = createDtlsIdentity();
    void identity.then((made) => (this.#identity = made));
    this.#hello = new HelloMaker(this.#device, identity);
    this.#publisher = createPublisher({
      logger: this.#options.logger,
      emit: this.#emit,
      device: this.#device,
      participant: () => this.localParticipant,
      session: () => this.#session,
      entering: () => this.#entry !== null,
    });
    this.messages = new RoomMessages({
      options: this.#options,
      room: () => this.info?.name ?? null,
      server: () => this.#session?.connection.server ?? this.#options.url,
    });
    this.localParticipant = new LocalParticipant({
      tracks: this.#publisher.tracks,
      publish: async (request) => {
        if (this.grants?.publish.includes(request.source) === false) throw new ChaxiError('notAllowed');
        return this.#publisher.publish(request);
      },
      unpublish: (source) => this.#publisher.unpublish(source),
      setMetadata: (metadata) => this.#setMetadata(metadata),
    });
  }

  /** Whether this browser can do what a room needs. */
  static isSupported(): boolean {
    return (
      typeof RTCPeerConnection === 'function' && typeof CompressionStream === 'function' && detectDevice() !== undefined
    );
  }

  get state(): RoomState {
    return this.#state;
  }

  /** Null before `prepare()` or `join()` resolves, and after the end. */
  get info(): RoomInfo | null {
    return this.#session?.info ?? null;
  }

  /** What one may do oneself. */
  get grants(): Grants | null {
    return this.#session?.grants ?? null;
  }

  /** Everyone else, by participantId. */
  get participants(): ReadonlyMap<string, RemoteParticipant> {
    return this.#session?.roster.participants ?? new Map<string, RemoteParticipant>();
  }

  /** Who waits in the lobby; empty without the grant `admit`. */
  get waiting(): readonly ParticipantInfo[] {
    return this.#session?.waiting ?? [];
  }

  /** Loudest first. */
  get activeSpeakers(): readonly Participant[] {
    return this.#session?.roster.activeSpeakers ?? [];
  }

  /** False after `audioPlaybackBlocked`. */
  get canPlayAudio(): boolean {
    return this.#canPlayAudio;
  }

  /** Of the last join, once its first frame is there, or it is clear that there is none to wait for. */
  get joinTiming(): JoinTiming | null {
    return this.#session?.timer.timing ?? null;
  }

  /**
   * Does ahead of the click what can be done ahead: opens the socket and has the token checked; with `media` it also
   * connects both transports and makes the consumers, paused. Others see nothing of it.
   * @throws ChaxiError as `join`; invalidState after `join()`
   */
  prepare({ media = false }: { media?: boolean } = {}): Promise<void> {
    if (this.#preparing && !this.#entry) return this.#preparing;
    if (this.#session) return Promise.reject(new ChaxiError('invalidState'));
    this.#setState('preparing');
    this.#preparing = this.#prepare({ intent: 'prepare', media });
    return this.#preparing;
  }

  /**
   * Enters the room. Where there is a lobby, `lobbyEntered` tells that one waits, and this resolves when the host lets one
   * in. Called again it returns the same promise.
   * @throws ChaxiError tokenInvalid, tokenExpired, roomFull, admissionDeclined, serverUnreachable, browserUnsupported, …;
   *   invalidState when `leave()` came first
   */
  join(): Promise<void> {
    if (this.#entry) return this.#entry.promise;
    const entry = new Deferred();
    this.#entry = entry;
    this.#setState('joining');
    this.#enter().catch((error: unknown) => {
      if (this.#entry === entry) this.#finish(asChaxiError(error));
    });
    return entry.promise;
  }

  /** Ends everything, at any moment. Tracks are unpublished and devices released. Resolves when the server knows. */
  async leave(): Promise<void> {
    const session = this.#session;
    if (!session && !this.#entry) return;
    const left = session?.leave();
    this.#finish(null);
    await left;
  }

  /** Lets someone in who waits. @throws ChaxiError notAllowed, participantNotFound, roomFull */
  async admit(participantId: string): Promise<void> {
    await this.#assertSession().request('admit', { participantId });
  }

  /** Sends someone away who waits; they see the reason. @throws ChaxiError notAllowed, participantNotFound */
  async decline(participantId: string, reason?: string): Promise<void> {
    await this.#assertSession().request('decline', { participantId, reason });
  }

  /** Removes someone from the room. @throws ChaxiError notAllowed, participantNotFound */
  async removeParticipant(participantId: string): Promise<void> {
    await this.#assertSession().request('removeParticipant', { participantId });
  }

  /** Mutes a track of someone else; only they can unmute it. @throws ChaxiError notAllowed, producerNotFound */
  async muteParticipant(participantId: string, source: Source): Promise<void> {
    const producerId = this.participants.get(participantId)?.publishedTracks.get(source)?.producerId;
    if (!producerId) throw new ChaxiError('producerNotFound');
    await this.#assertSession().request('setProducerPaused', { producerId, paused: true });
  }

  /**
   * Asks a camera in the room for a picture at its full resolution; resolves when it is there for everyone. Where nobody is
   * named, the first other one who shows this source is asked, else oneself.
   * @throws ChaxiError notAllowed, participantNotFound, producerNotFound, cameraUnavailable, stillTimeout, stillsFull,
   *   rateLimited, serverUnreachable: the page with the camera could not send it
   */
  async requestStill(participantId?: string, source: StillSource = 'teaCloseUp'): Promise<Still> {
    const { stills, roster } = this.#assertSession();
    const others = roster.participants.values();
    return stills.request(participantId ?? chooseStillCamera(others, this.localParticipant, source), source);
  }

  /** The stills of this room, newest first, also of days before. @throws ChaxiError notAllowed, storageUnavailable */
  async listStills(page: StillPage = {}): Promise<Still[]> {
    return this.#assertSession().stills.list(page);
  }

  /** Removes a still for everyone. @throws ChaxiError notAllowed, stillNotFound, storageUnavailable */
  async removeStill(stillId: string): Promise<void> {
    await this.#assertSession().stills.remove(stillId);
  }

  /** Plays what the browser held back. To be called in a click handler. */
  async startAudio(): Promise<void> {
    const wasBlocked = !this.#canPlayAudio;
    this.#canPlayAudio = true;
    await this.#session?.media.subscriber.resumePlayback();
    // Set back by `#handlePlaybackBlocked` if the browser still does not play it.
    if (wasBlocked && this.#canPlayAudio) this.emit('audioPlaybackStarted');
  }

  /** Rates are means since the last call. */
  getStats(): Promise<RoomStats> {
    return this.#stats.collect({
      send: this.#session?.media.link.send ?? null,
      recv: this.#session?.media.link.recv ?? null,
      publications: this.#publisher.publications,
      subscriptions: this.#session?.media.subscriber.subscriptions ?? [],
    });
  }

  async #prepare(intent: HelloIntent): Promise<void> {
    const session = this.#startSession(intent);
    try {
      await session.open();
      if (intent.media) await session.media.link.untilConnected();
    } catch (error) {
      if (this.#session === session) this.#finish(asChaxiError(error));
      throw error;
    }
  }

  async #enter(): Promise<void> {
    if (this.#session) await this.#session.enter();
    else await this.#startSession({ intent: 'join', media: true }).open();
  }

  #startSession(intent: HelloIntent): RoomSession {
    const session: RoomSession = new RoomSession(
      {
        options: this.#options,
        device: this.#device,
        identity: () => this.#identity,
        hello: this.#hello,
        publisher: this.#publisher,
        local: this.localParticipant,
        emit: this.#emit,
        playbackBlocked: () => this.#handlePlaybackBlocked(),
        snapshotApplied: (stage, announce) => this.#handleStage(stage, announce),
        reconnecting: () => this.#handleReconnecting(),
        pageLeft: () => void this.leave(),
        ended: (error) => this.#session === session && this.#finish(error),
      },
      intent,
    );
    this.#session = session;
    this.#unwatchDevices = devices.onChange((list) => this.emit('devicesChanged', list));
    return session;
  }

  /** `announce` tells of the participants; it stands between the new state and the event that says it is reached. */
  #handleStage(stage: Stage, announce: () => void): void {
    const before = this.#state;
    if (stage !== 'prepared') this.#setState(stage);
    else if (!this.#entry) this.#setState('prepared');
    announce();
    if (this.#state === before) return;
    if (before === 'reconnecting') this.emit('reconnected');
    if (this.#state === 'lobby') this.emit('lobbyEntered');
    if (this.#state !== 'joined' || this.#entered) return;
    this.#entered = true;
    this.emit('joined');
    this.#entry?.resolve();
  }

  #handleReconnecting(): void {
    if (this.#state !== 'joined' && this.#state !== 'lobby') return;
    this.#setState('reconnecting');
    this.emit('reconnecting');
  }

  #handlePlaybackBlocked(): void {
    if (!this.#canPlayAudio) return;
    this.#canPlayAudio = false;
    this.emit('audioPlaybackBlocked');
  }

  /** The end of a stay, by whatever cause. */
  #finish(error: ChaxiError | null): void {
    const session = this.#session;
    const entry = this.#entry;
    const wasWelcomed = this.grants !== null;
    this.#session = null;
    this.#entry = null;
    this.#entered = false;
    this.#preparing = null;
    this.#unwatchDevices();
    // After an own leave() the session waits for the server's answer.
    if (error) session?.close('left');
    void this.#publisher.closeAll();
    this.messages.close();
    entry?.reject(error ?? new ChaxiError('invalidState', { message: 'The room was left before it was entered.' }));
    this.#setState('left');
    if (wasWelcomed || error === null) this.emit('left', error);
  }

  async #setMetadata(metadata: string): Promise<void> {
    await this.#assertSession().request('setMetadata', { metadata });
    this.#session?.roster.update({ ...this.localParticipant.info, metadata });
  }

  #assertSession(): RoomSession {
    if (!this.#session) throw new ChaxiError('invalidState');
    return this.#session;
  }

  #setState(state: RoomState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('stateChanged', state);
  }
}

function asChaxiError(error: unknown): ChaxiError {
  return error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error });
}
