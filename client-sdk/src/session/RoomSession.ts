import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Grants } from '../../../protocol/grants.ts';
import type { LeaveReason, ParticipantInfo } from '../../../protocol/participants.ts';
import type {
  RequestInput,
  RequestMethod,
  ResponseData,
  RoomInfo,
  Snapshot,
  Stage,
} from '../../../protocol/signaling.ts';
import type { DtlsIdentity } from '../media/DtlsIdentity.ts';
import type { MediaDevice } from '../media/MediaDevice.ts';
import type { Publisher } from '../media/Publisher.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import { Roster } from '../participants/Roster.ts';
import { probeTimeoutMs } from '../policies/silencePolicy.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import { Connection } from '../signaling/Connection.ts';
import type { HelloIntent, HelloMaker } from '../signaling/HelloMaker.ts';
import type { PeerFactory } from '../signaling/SignalingSocket.ts';
import { Stills } from '../stills/Stills.ts';
import type { ResolvedOptions } from '../TastingRoomOptions.ts';
import { dispatchMessage, type MessageTargets } from './dispatchMessage.ts';
import { JoinTimer } from './JoinTimer.ts';
import { NetworkWatch } from './NetworkWatch.ts';
import { SessionMedia } from './SessionMedia.ts';
import type { TastingTable } from './TastingTable.ts';

export interface RoomSessionOptions {
  options: ResolvedOptions;
  device: MediaDevice;
  identity: () => DtlsIdentity;
  hello: HelloMaker;
  publisher: Publisher;
  local: LocalParticipant;
  table: TastingTable;
  emit: RoomEmit;
  playbackBlocked: () => void;
  /** A snapshot says how far the session has come; `announce` tells of the participants in it. */
  snapshotApplied: (stage: Stage, announce: () => void) => void;
  reconnecting: () => void;
  pageHidden: () => void;
  pageLeft: () => void;
  createPeer?: PeerFactory;
  /** The end, unless it was an own `close()`. */
  ended: (error: ChaxiError) => void;
}

const LEAVE_TIMEOUT_MS = 1_000;
/** One stay in a room: from the first socket to the end, over every socket and media worker that comes and goes. */
export class RoomSession {
  readonly connection: Connection;
  readonly media: SessionMedia;
  readonly roster: Roster;
  readonly timer: JoinTimer;
  readonly stills: Stills;
  readonly #options: RoomSessionOptions;
  readonly #network: NetworkWatch;
  #intent: HelloIntent;
  #snapshot: Snapshot | null = null;
  #waiting: readonly ParticipantInfo[] = [];
  #opening: Promise<void> | null = null;
  #closed = false;

  constructor(options: RoomSessionOptions, intent: HelloIntent) {
    this.#options = options;
    this.#intent = intent;
    const { url, token, reconnectPolicy, logger } = options.options;
    this.connection = new Connection({
      url,
      token,
      hello: (resume) => options.hello.make(this.#intent, resume),
      reconnectPolicy,
      logger,
      createPeer: options.createPeer,
    });
    this.timer = new JoinTimer({
      handshake: () => this.media.link.recv?.state === 'connected',
      send: (timing) => {
        this.connection.notify('joinTiming', timing);
        this.media.joinCompleted();
      },
    });
    this.media = new SessionMedia({
      options: options.options,
      connection: this.connection,
      publisher: options.publisher,
      timer: this.timer,
      identity: options.identity,
      emit: options.emit,
      isInside: () => this.isInside,
      participant: (id) => this.roster.participants.get(id),
      playbackBlocked: options.playbackBlocked,
    });
    const { link, subscriber } = this.media;
    this.roster = new Roster({
      local: options.local,
      emit: options.emit,
      trackGone: (producerId) => subscriber.remove(producerId),
      participantGone: (participantId) => subscriber.removeParticipant(participantId),
    });
    this.stills = new Stills({
      serverUrl: () => this.connection.server,
      tracks: () => options.publisher.tracks,
      request: (method, data) => this.request(method, data),
      emit: options.emit,
      logger,
    });
    this.#network = new NetworkWatch({
      networkChanged: () => {
        this.connection.hurry();
        // The socket may belong to the network before, whatever still arrives, and the restart below would wait for its answer.
        this.connection.probe(probeTimeoutMs(link.rttMs), () => true);
        link.restartIce();
      },
      pageShown: () => {
        this.connection.hurry();
        options.table.guide.pageShown();
      },
      pageHidden: options.pageHidden,
      pageLeft: options.pageLeft,
    });
    this.connection.on('socketOpened', () => this.timer.mark('socketMs'));
    this.connection.on('welcome', (snapshot) => this.#handleWelcome(snapshot));
    const { local, publisher, table } = options;
    const { roster } = this;
    const targets: MessageTargets = {
      local,
      publisher,
      roster,
      subscriber,
      stills: this.stills,
      table,
      admitted: (snapshot) => {
        if (!this.isInside && snapshot.stage !== 'lobby') this.timer.start('hot');
        this.#apply(snapshot);
      },
      snapshot: (snapshot) => this.#apply(snapshot),
      roomChanged: (info) => this.#setInfo(info),
      lobbyChanged: (waiting) => this.#setWaiting(waiting),
    };
    this.connection.on('message', (message) => dispatchMessage(message, targets));
    this.connection.on('reconnecting', () => options.reconnecting());
    this.connection.on('closed', (error) => {
      this.close(error.code === 'connectionLost' ? 'connectionLost' : 'left');
      options.ended(error);
    });
  }

  get stage(): Stage | null {
    return this.#closed ? null : (this.#snapshot?.stage ?? null);
  }

  /** One sees and hears the room, with everyone or aside. */
  get isInside(): boolean {
    return this.stage === 'joined' || this.stage === 'aside';
  }

  get info(): RoomInfo | null {
    return this.#snapshot?.room ?? null;
  }

  get grants(): Grants | null {
    return this.#snapshot?.grants ?? null;
  }

  get waiting(): readonly ParticipantInfo[] {
    return this.#waiting;
  }

  /** Resolves when the server has welcomed the session. @throws ChaxiError why it has not */
  open(): Promise<void> {
    if (this.#intent.intent === 'join') this.timer.start('cold');
    this.#opening = this.connection.open();
    return this.#opening;
  }

  /** From prepared to the room or its lobby. @throws ChaxiError roomFull and the like */
  async enter(): Promise<void> {
    await this.#opening;
    this.timer.start(this.#intent.media ? 'hot' : 'warm');
    this.#intent = { intent: 'join', media: true };
    await this.#join();
  }

  request<M extends RequestMethod>(method: M, data: RequestInput<M>, timeoutMs?: number): Promise<ResponseData<M>> {
    return this.connection.request(method, data, timeoutMs);
  }

  /**
   * Tells the server, and then closes. The room on this side is over at once.
   * @param first what the server should have before; null for nothing
   */
  async leave(first: Promise<unknown> | null = null): Promise<void> {
    const told = this.connection.live ? this.#tellLeave(first) : undefined;
    const { connection } = this;
    this.#closeAllButConnection('left');
    // The server closes the socket after its answer, which may come first.
    await told?.catch(() => undefined);
    connection.close();
  }

  close(reason: LeaveReason): void {
    this.#closeAllButConnection(reason);
    this.connection.close();
  }

  async #tellLeave(first: Promise<unknown> | null): Promise<void> {
    if (first) await Promise.race([first, new Promise((resolve) => setTimeout(resolve, LEAVE_TIMEOUT_MS))]);
    await this.request('leave', {}, LEAVE_TIMEOUT_MS);
  }

  #closeAllButConnection(reason: LeaveReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#network.close();
    this.timer.close();
    this.stills.close();
    this.roster.clear(reason);
    this.media.close();
  }

  /** The request is repeated by the next welcome where the socket is lost under it. */
  async #join(): Promise<void> {
    const { device } = await this.#options.device.ready();
    try {
      const rtpCapabilities = device.recvRtpCapabilities as RequestInput<'join'>['rtpCapabilities'];
      this.#apply(await this.request('join', this.#capabilitiesChanged ? { rtpCapabilities } : {}));
    } catch (error) {
      const isRepeated = !this.connection.closed && !this.connection.live;
      if (!isRepeated) throw error;
    }
  }

  /** The device has been loaded anew since the hello, because the server's codecs are others. */
  get #capabilitiesChanged(): boolean {
    return this.#snapshot?.media?.routerRtpCapabilities !== undefined;
  }

  #handleWelcome(snapshot: Snapshot): void {
    this.#options.table.welcomed(snapshot);
    this.#apply(snapshot);
    if (snapshot.stage === 'prepared' && this.#intent.intent === 'join') {
      this.#join().catch((error: unknown) => this.#fail(error));
    }
    if (snapshot.resumed) this.media.link.restartIfBroken();
    if (snapshot.stage === 'joined') void this.stills.catchUp();
  }

  /**
   * Brings everything into line with what the server says, whatever was known before: the answer to a cold, warm or hot
   * join, an admission, a new media worker, and a resumed or lost session are all the same here.
   */
  #apply(snapshot: Snapshot): void {
    if (this.#closed) return;
    const { local, snapshotApplied, device, publisher, emit } = this.#options;
    const before = this.#snapshot;
    this.#snapshot = snapshot;
    local.updateInfo(snapshot.self);
    local.updateQuality(snapshot.self);
    this.#options.table.notes.handleSnapshot(snapshot);
    this.timer.answered(snapshot);
    const roleChanged = before !== null && !isSameRole(before, snapshot);
    if (roleChanged) publisher.keepOnly(snapshot.grants.publish);
    const { loaded } = device;
    const { media } = snapshot;
    const otherCodecs =
      media?.routerRtpCapabilities && media.routerRtpCapabilitiesId !== loaded?.routerRtpCapabilitiesId;
    if (otherCodecs) this.#loadCodecs(snapshot).catch((error: unknown) => this.#fail(error));
    else if (loaded) this.media.apply(media, snapshot.self.tracks, loaded);
    // After the microtask in which mediasoup-client begins to negotiate: handlers of the application must not delay it.
    queueMicrotask(() => {
      if (this.#closed) return;
      snapshotApplied(snapshot.stage, () => {
        this.roster.apply(snapshot.participants);
        this.#setWaiting(snapshot.waiting);
      });
      this.media.subscriber.bindAll();
      if (roleChanged) emit('roleChanged', snapshot.self.role, snapshot.grants);
      if (before && !isEqual(before.room, snapshot.room)) emit('roomChanged', snapshot.room);
    });
  }

  /** The server's codecs are others than those built in: once loaded, it is told what of them can be received. */
  async #loadCodecs(snapshot: Snapshot): Promise<void> {
    const { media } = snapshot;
    if (!media?.routerRtpCapabilities) return;
    const loaded = await this.#options.device.switchTo(media.routerRtpCapabilitiesId, media.routerRtpCapabilities);
    if (this.#closed || this.#snapshot !== snapshot) return;
    this.media.apply(media, snapshot.self.tracks, loaded);
    if (snapshot.stage !== 'prepared') await this.#join();
  }

  #setInfo(room: RoomInfo): void {
    if (!this.#snapshot) return;
    this.#snapshot = { ...this.#snapshot, room };
    this.#options.emit('roomChanged', room);
  }

  #setWaiting(waiting: readonly ParticipantInfo[]): void {
    const isSame = waiting.length === 0 && this.#waiting.length === 0;
    this.#waiting = waiting;
    if (!isSame) this.#options.emit('lobbyChanged', waiting);
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.close('left');
    this.#options.ended(error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error }));
  }
}

function isSameRole(one: Snapshot, other: Snapshot): boolean {
  return one.self.role === other.self.role && isEqual(one.grants, other.grants);
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
