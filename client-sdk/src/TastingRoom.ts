import { detectDevice } from 'mediasoup-client';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Stage } from '../../protocol/signaling.ts';
import { devices } from './devices/devices.ts';
import type { TastingGuide } from './guide/TastingGuide.ts';
import type { RoomInvites } from './invites/RoomInvites.ts';
import { createDtlsIdentity, type DtlsIdentity } from './media/DtlsIdentity.ts';
import { MediaDevice } from './media/MediaDevice.ts';
import type { Publisher } from './media/Publisher.ts';
import { fetchExport } from './notes/fetchExport.ts';
import type { TastingNotes } from './notes/TastingNotes.ts';
import { LocalParticipant } from './participants/LocalParticipant.ts';
import { RoomActions } from './RoomActions.ts';
import type { RoomEmit, RoomState } from './RoomEvents.ts';
import { RoomMessages } from './RoomMessages.ts';
import { createPublisher } from './session/createPublisher.ts';
import { Deferred } from './session/Deferred.ts';
import type { JoinTiming } from './session/JoinClock.ts';
import { RoomSession } from './session/RoomSession.ts';
import { TastingTable } from './session/TastingTable.ts';
import { askToken } from './signaling/askToken.ts';
import { HelloMaker, type HelloIntent } from './signaling/HelloMaker.ts';
import type { PeerFactory } from './signaling/SignalingSocket.ts';
import type { RoomStats } from './stats/RoomStats.ts';
import { StatsCollector } from './stats/StatsCollector.ts';
import { resolveOptions, type ResolvedOptions, type TastingRoomOptions } from './TastingRoomOptions.ts';

/**
 * A tasting room. Make it when the page loads: what the browser can do and the certificate for its media are found out in
 * the background, so that the click on "join" costs one round trip for everything.
 */
export class TastingRoom extends RoomActions {
  readonly localParticipant: LocalParticipant;
  /** The conversation of the room. */
  readonly messages: RoomMessages;
  readonly #options: ResolvedOptions;
  readonly #device: MediaDevice;
  readonly #createPeer: PeerFactory | undefined;
  readonly #hello: HelloMaker;
  readonly #table: TastingTable;
  readonly #publisher: Publisher;
  readonly #stats = new StatsCollector();
  readonly #emit: RoomEmit = (name, ...args) => this.emit(name, ...args);
  #identity: DtlsIdentity = {};
  /** @internal */
  protected session: RoomSession | null = null;
  #state: RoomState = 'idle';
  #preparing: Promise<void> | null = null;
  /** What `join()` returned. */
  #entry: Deferred | null = null;
  #entered = false;
  #canPlayAudio = true;
  #unwatchDevices: () => void = () => undefined;

  /** @throws TypeError for an address that is no URL */
  constructor(options: TastingRoomOptions);
  /** @internal Tests bring a device and sockets of their own. */
  constructor(options: TastingRoomOptions, device: MediaDevice, createPeer: PeerFactory);
  constructor(options: TastingRoomOptions, device = new MediaDevice(), createPeer?: PeerFactory) {
    super();
    this.#options = resolveOptions(options);
    this.#device = device;
    this.#createPeer = createPeer;
    const identity = createDtlsIdentity();
    void identity.then((made) => (this.#identity = made));
    this.#hello = new HelloMaker(this.#device, identity);
    this.#publisher = createPublisher({
      logger: this.#options.logger,
      emit: this.#emit,
      device: this.#device,
      participant: () => this.localParticipant,
      session: () => this.session,
      entering: () => this.#entry !== null,
    });
    this.messages = new RoomMessages({
      options: this.#options,
      room: () => this.info?.name ?? null,
      server: () => this.#server,
    });
    this.#table = new TastingTable({
      url: this.#options.url,
      logger: this.#options.logger,
      emit: this.#emit,
      request: async (method, data) => this.assertSession().request(method, data),
      isReady: () => this.session?.isInside === true && this.session.connection.live,
      fetchExport: async () => fetchExport(this.#server, await askToken(this.#options.token)),
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

  /** The teas of this tasting, and where it stands. */
  get guide(): TastingGuide {
    return this.#table.guide;
  }

  /** What people write of the teas. */
  get notes(): TastingNotes {
    return this.#table.notes;
  }

  /** Links by which others come. */
  get invites(): RoomInvites {
    return this.#table.invites;
  }

  get state(): RoomState {
    return this.#state;
  }

  /** False after `audioPlaybackBlocked`. */
  get canPlayAudio(): boolean {
    return this.#canPlayAudio;
  }

  /** Of the last join, once its first frame is there, or it is clear that there is none to wait for. */
  get joinTiming(): JoinTiming | null {
    return this.session?.timer.timing ?? null;
  }

  /**
   * Does ahead of the click what can be done ahead: opens the socket and has the token checked; with `media` it also
   * connects both transports and makes the consumers, paused. Others see nothing of it.
   * @throws ChaxiError as `join`; invalidState after `join()`
   */
  prepare({ media = false }: { media?: boolean } = {}): Promise<void> {
    if (this.#preparing && !this.#entry) return this.#preparing;
    if (this.session) return Promise.reject(new ChaxiError('invalidState'));
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

  /** Ends everything, at any moment. Tracks are unpublished and devices released. Resolves when the server knows, own notes included. */
  leave(): Promise<void> {
    return this.#leave(true);
  }

  /** @param notesFirst waits a little until the server has them. */
  async #leave(notesFirst: boolean): Promise<void> {
    const session = this.session;
    if (!session && !this.#entry) return;
    const told = this.notes.hurry();
    const left = session?.leave(notesFirst ? told : null);
    this.#finish(null);
    await left;
  }

  /** Plays what the browser held back. To be called in a click handler. */
  async startAudio(): Promise<void> {
    const wasBlocked = !this.#canPlayAudio;
    this.#canPlayAudio = true;
    await this.session?.media.subscriber.resumePlayback();
    // Set back by `#handlePlaybackBlocked` if the browser still does not play it.
    if (wasBlocked && this.#canPlayAudio) this.emit('audioPlaybackStarted');
  }

  /** Rates are means since the last call. */
  getStats(): Promise<RoomStats> {
    return this.#stats.collect({
      send: this.session?.media.link.send ?? null,
      recv: this.session?.media.link.recv ?? null,
      publications: this.#publisher.publications,
      subscriptions: this.session?.media.subscriber.subscriptions ?? [],
    });
  }

  async #prepare(intent: HelloIntent): Promise<void> {
    const session = this.#startSession(intent);
    try {
      await session.open();
      if (intent.media) await session.media.link.untilConnected();
    } catch (error) {
      if (this.session === session) this.#finish(asChaxiError(error));
      throw error;
    }
  }

  async #enter(): Promise<void> {
    if (this.session) await this.session.enter();
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
        table: this.#table,
        emit: this.#emit,
        playbackBlocked: () => this.#handlePlaybackBlocked(),
        snapshotApplied: (stage, announce) => this.#handleStage(stage, announce),
        reconnecting: () => this.#handleReconnecting(),
        pageHidden: () => void this.notes.hurry(),
        pageLeft: () => void this.#leave(false),
        createPeer: this.#createPeer,
        ended: (error) => this.session === session && this.#finish(error),
      },
      intent,
    );
    this.session = session;
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
    // Also after one had been in the room: a new session after a long outage may have to wait again.
    if (this.#state === 'lobby' || this.#state === 'aside') this.#entered = false;
    if (before === 'reconnecting') this.emit('reconnected');
    if (this.#state === 'lobby') this.emit('lobbyEntered');
    if (this.#state === 'aside') this.emit('asideEntered');
    if (this.#state !== 'joined' || this.#entered) return;
    this.#entered = true;
    this.emit('joined');
    this.#entry?.resolve();
  }

  #handleReconnecting(): void {
    if (this.#state !== 'joined' && this.#state !== 'lobby' && this.#state !== 'aside') return;
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
    const session = this.session;
    const entry = this.#entry;
    const wasWelcomed = this.grants !== null;
    this.session = null;
    this.#entry = null;
    this.#entered = false;
    this.#preparing = null;
    this.#unwatchDevices();
    // After an own leave() the session waits for the server's answer.
    if (error) session?.close('left');
    void this.#publisher.closeAll();
    this.messages.close();
    this.#table.left();
    entry?.reject(error ?? new ChaxiError('invalidState', { message: 'The room was left before it was entered.' }));
    this.#setState('left');
    if (wasWelcomed || error === null) this.emit('left', error);
  }

  async #setMetadata(metadata: string): Promise<void> {
    await this.assertSession().request('setMetadata', { metadata });
    this.session?.roster.update({ ...this.localParticipant.info, metadata });
  }

  /** Address of the node that has the room now. */
  get #server(): string {
    return this.session?.connection.server ?? this.#options.url;
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
