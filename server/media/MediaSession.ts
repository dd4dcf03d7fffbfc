import type { types } from 'mediasoup';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../../protocol/rtp.ts';
import type { TransportOptions } from '../../protocol/signaling.ts';
import { DownlinkFloor } from './DownlinkFloor.ts';
import { DownlinkLoss } from './DownlinkLoss.ts';
import type { RoomRouter } from './RoomRouter.ts';
import { unlessGone } from './unlessGone.ts';
import { UplinkLoss } from './UplinkLoss.ts';

export interface MediaSessionOptions {
  router: RoomRouter;
  config: Config['media'];
  publish: boolean;
  subscribe: boolean;
  /** Of the client's certificate; with it both transports connect without a request. */
  dtlsFingerprints?: DtlsParameters['fingerprints'];
}

/**
 * The two DTLS roles. The SFU opens the handshake where it receives, so that a publisher may send a round trip earlier;
 * where it sends, the client opens it, and the SFU may send as soon as the client has finished.
 */
const CLIENT_ROLE = { send: 'server', recv: 'client' } as const;

/**
 * Chromium ignores a key frame request within 300 ms of the one before, and mediasoup asks again only a second later. With
 * this delay, which leaves some room for jitter, mediasoup itself holds back the second one, and sends it when it will be heard.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 350;

/** A track on one router, for as long as someone uses it there. */
export interface OpenTrack {
  /** On the router that was asked for. */
  producer: types.Producer;
  /** The one that is nearest to the publisher on this node: what it has lost, the publisher's way has. */
  origin: types.Producer;
  /** Someone is ready to receive it. */
  begin(): void;
  /** It is used no more; a second call does nothing. */
  release(): void;
}

/** What someone publishes, as far as it can be received. */
export interface ConsumableTrack {
  /** Makes it usable on a router of this node. */
  openOn(router: RoomRouter): Promise<OpenTrack>;
}

/** The transports of one participant on one router, and what goes through them. */
export class MediaSession {
  readonly router: RoomRouter;
  readonly #send: types.WebRtcTransport | null;
  readonly #recv: types.WebRtcTransport | null;
  readonly #uplinkLoss: UplinkLoss | null;
  readonly #downlinkLoss: DownlinkLoss | null;
  /** What waits for its moment in the handshake. */
  readonly #handshakeTimers = new Set<NodeJS.Timeout>();
  readonly #connected = new Map<string, Promise<void>>();
  readonly #consumers = new Set<types.Consumer>();
  readonly #onReceiving: (() => void)[] = [];
  #closed = false;

  static async create(options: MediaSessionOptions): Promise<MediaSession> {
    const { router, config, publish, subscribe, dtlsFingerprints } = options;
    const make = () =>
      router.router.createWebRtcTransport({
        webRtcServer: router.worker.webRtcServer,
        preferUdp: true,
        initialAvailableOutgoingBitrate: config.initialOutgoingBitrateBps,
      });
    const made = await Promise.allSettled([publish ? make() : null, subscribe ? make() : null]);
    const [send, recv] = made.map((result) => (result.status === 'fulfilled' ? result.value : null));
    const failure = made.find((result) => result.status === 'rejected');
    if (failure) {
      send?.close();
      recv?.close();
      throw new ChaxiError('mediaUnavailable', { cause: failure.reason });
    }
    const session = new MediaSession(router, send ?? null, recv ?? null);
    if (dtlsFingerprints) {
      for (const transport of [session.#send, session.#recv]) {
        if (transport) void session.connect(transport.id, { fingerprints: dtlsFingerprints }).catch(() => {});
      }
    }
    void send?.setMaxIncomingBitrate(config.maxIncomingBitrateBps).catch(() => {});
    return session;
  }

  private constructor(router: RoomRouter, send: types.WebRtcTransport | null, recv: types.WebRtcTransport | null) {
    this.router = router;
    this.#send = send;
    this.#recv = recv;
    this.#uplinkLoss = send && new UplinkLoss(send);
    this.#downlinkLoss = recv && new DownlinkLoss(recv);
    recv?.on('dtlsstatechange', (state) => {
      if (state !== 'connecting') this.#clearHandshakeTimers();
      if (state === 'connected') for (const callback of this.#onReceiving.splice(0)) callback();
    });
    if (recv) new DownlinkFloor(recv, this.#consumers);
  }

  get closed(): boolean {
    return this.#closed || this.router.closed;
  }

  get sendOptions(): TransportOptions | null {
    return this.#send && optionsOf(this.#send, CLIENT_ROLE.send);
  }

  get recvOptions(): TransportOptions | null {
    return this.#recv && optionsOf(this.#recv, CLIENT_ROLE.recv);
  }

  /** Hands a transport the client's fingerprints; a second time it changes nothing. @throws transportNotFound, badRequest */
  connect(transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    const transport = this.#assertTransport(transportId);
    let connected = this.#connected.get(transportId);
    if (!connected) {
      const role = CLIENT_ROLE[transport === this.#send ? 'send' : 'recv'];
      connected = transport.connect({ dtlsParameters: { role, fingerprints: dtlsParameters.fingerprints } });
      this.#connected.set(transportId, connected);
      connected.catch(() => this.#connected.delete(transportId));
    }
    return connected.catch((error: unknown) => {
      throw new ChaxiError('badRequest', { path: 'dtlsParameters', cause: error });
    });
  }

  /**
   * Makes other ICE parameters than those that the client uses, unless there are some already. mediasoup takes the last two: making a third
   * pair, where the answer with the second was lost, would cut the client off. @throws transportNotFound
   */
  async restartIce(transportId: string, inUse?: string): Promise<types.IceParameters> {
    const transport = this.#assertTransport(transportId);
    const { iceParameters } = transport;
    if (inUse !== undefined && inUse !== iceParameters.usernameFragment) return iceParameters;
    return unlessGone(transport.restartIce(), 'transportNotFound');
  }

  /** @throws transportNotFound, mediaNotSupported */
  async produce(options: {
    kind: types.MediaKind;
    rtpParameters: RtpParameters;
    paused: boolean;
  }): Promise<types.Producer> {
    if (!this.#send) throw new ChaxiError('notAllowed');
    // mediasoup's type lists the header extensions that it knows; it passes over the others.
    const rtpParameters = options.rtpParameters as types.RtpParameters;
    const producer = await this.#send
      .produce({ ...options, rtpParameters, keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS })
      .catch((error: unknown) => {
        throw this.#errorOf(error);
      });
    this.router.add(producer.observer);
    this.#uplinkLoss?.add(producer);
    if (producer.kind === 'audio') await this.router.listenTo(producer).catch(() => {});
    return producer;
  }

  /**
   * A consumer of a track, wherever it is published; undefined where the client can not decode it.
   * @throws mediaUnavailable, and what opening the track throws
   */
  async consume(options: {
    track: ConsumableTrack;
    rtpCapabilities: RtpCapabilities;
    paused: boolean;
  }): Promise<types.Consumer | undefined> {
    const { track, paused } = options;
    const rtpCapabilities = options.rtpCapabilities as types.RtpCapabilities;
    if (!this.#recv) return undefined;
    let open: OpenTrack | undefined;
    let consumer: types.Consumer | undefined;
    try {
      open = await track.openOn(this.router);
      const producerId = open.producer.id;
      if (!this.router.router.canConsume({ producerId, rtpCapabilities })) return undefined;
      const made = await this.#recv.consume({ producerId, rtpCapabilities, paused, enableRtx: true });
      consumer = made;
      this.router.add(made.observer);
      this.#downlinkLoss?.add(made, open.origin);
      this.#consumers.add(made);
      made.observer.once('close', () => this.#consumers.delete(made));
      this.#whenReceiving(open.begin);
      return made;
    } catch (error) {
      throw this.#errorOf(error);
    } finally {
      if (open) releaseWith(consumer, open);
    }
  }

  /** Calls back when what is sent to the client arrives; at once where it does already. */
  #whenReceiving(callback: () => void): void {
    if (this.#recv?.dtlsState === 'connected') callback();
    else this.#onReceiving.push(callback);
  }

  /** Calls back when ICE of the receiving transport is connected, while its DTLS handshake is still to come. */
  onReceiverIceConnected(callback: () => void): void {
    this.#recv?.on('icestatechange', (state) => {
      if (state === 'connected' && this.#recv?.dtlsState !== 'connected') callback();
    });
  }

  /** Does something after a while, unless the handshake of the receiving transport is over by then. */
  duringHandshake(delayMs: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#handshakeTimers.delete(timer);
      task();
    }, delayMs);
    this.#handshakeTimers.add(timer);
  }

  /** Bits a second in from and out to the client, as mediasoup measures them. */
  async bitrates(): Promise<{ incomingBps: number; outgoingBps: number }> {
    const stats = await Promise.all([this.#send?.getStats(), this.#recv?.getStats()]);
    const sum = (key: 'recvBitrate' | 'sendBitrate') =>
      stats.flatMap((list) => list ?? []).reduce((total, item) => total + item[key], 0);
    return { incomingBps: sum('recvBitrate'), outgoingBps: sum('sendBitrate') };
  }

  /** Loss on the client's way up and down, 0 to 1; undefined where nobody can tell, or the session is closed. */
  async packetLoss(): Promise<{ up: number | undefined; down: number | undefined }> {
    const [up, down] = await Promise.all(
      [this.#uplinkLoss, this.#downlinkLoss].map((loss) => loss?.ratio().catch(() => undefined)),
    );
    return { up, down };
  }

  /** Bytes that have come from the client, whatever they were. @throws where the worker has died */
  async receivedBytes(): Promise<number> {
    const open = [this.#send, this.#recv].filter((transport) => transport !== null && !transport.closed);
    const stats = await Promise.all(open.map((transport) => transport?.getStats()));
    return stats.flat().reduce((sum, one) => sum + (one?.bytesReceived ?? 0), 0);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#clearHandshakeTimers();
    this.#send?.close();
    this.#recv?.close();
  }

  #clearHandshakeTimers(): void {
    for (const timer of this.#handshakeTimers) clearTimeout(timer);
    this.#handshakeTimers.clear();
  }

  #assertTransport(transportId: string): types.WebRtcTransport {
    const transport = [this.#send, this.#recv].find((candidate) => candidate?.id === transportId);
    if (!transport || transport.closed) throw new ChaxiError('transportNotFound');
    return transport;
  }

  /** mediasoup refuses bad parameters by exceptions; a closed session explains the rest. */
  #errorOf(cause: unknown): ChaxiError {
    if (cause instanceof ChaxiError) return cause;
    return new ChaxiError(this.closed ? 'mediaUnavailable' : 'mediaNotSupported', { cause });
  }
}

/** A track is held open as long as its consumer, which may be closed already, or never have come to be. */
function releaseWith(consumer: types.Consumer | undefined, track: OpenTrack): void {
  if (consumer && !consumer.closed) consumer.observer.once('close', track.release);
  else track.release();
}

function optionsOf(transport: types.WebRtcTransport, clientRole: 'client' | 'server'): TransportOptions {
  return {
    id: transport.id,
    iceParameters: transport.iceParameters,
    iceCandidates: transport.iceCandidates,
    // Seen from the client: this is the remote side's role.
    dtlsParameters: {
      role: clientRole === 'client' ? 'server' : 'client',
      fingerprints: transport.dtlsParameters.fingerprints,
    },
  };
}
