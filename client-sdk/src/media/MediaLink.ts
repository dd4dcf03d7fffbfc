import type { types } from 'mediasoup-client';
import type { DtlsParameters } from '../../../protocol/rtp.ts';
import type { MediaInfo, TransportOptions } from '../../../protocol/signaling.ts';
import type { Logger } from '../Logger.ts';
import { MediaTransport } from './MediaTransport.ts';
import { primeTransport } from './primeTransport.ts';

export interface MediaLinkOptions {
  logger: Logger;
  iceTransportPolicy?: RTCIceTransportPolicy;
  certificate: () => RTCCertificate | undefined;
  connect: (transportId: string, dtlsParameters: DtlsParameters) => void;
  /** Resolves when the server can be asked. @throws ChaxiError when that takes too long */
  untilLive: () => Promise<void>;
  restartIce: (transportId: string, inUse: string, isAhead: boolean) => Promise<types.IceParameters>;
  /** A transport to receive on begins. */
  recvStarted: (transport: MediaTransport) => void;
  /** A transport to send on begins. */
  sendStarted: (transport: MediaTransport) => void;
  /** A transport hears nothing any more. */
  fellSilent: () => void;
  /** It hears again. */
  heardAgain: () => void;
  failed: () => void;
}

/** The two transports of a session, replaced when the server has made others. */
export class MediaLink {
  readonly #options: MediaLinkOptions;
  #send: MediaTransport | null = null;
  #recv: MediaTransport | null = null;
  #primed: MediaTransport | null = null;

  constructor(options: MediaLinkOptions) {
    this.#options = options;
  }

  get send(): MediaTransport | null {
    return this.#send;
  }

  get recv(): MediaTransport | null {
    return this.#recv;
  }

  /** Of either path, which share the network. */
  get rttMs(): number | undefined {
    return this.#recv?.rttMs ?? this.#send?.rttMs;
  }

  /** Nothing arrives on one of them, though something should. */
  get silent(): boolean {
    return [this.#send, this.#recv].some((transport) => transport?.silent);
  }

  /** Keeps a transport whose id is known, replaces one whose id is new. */
  applyRecv(media: MediaInfo | null, device: types.Device): void {
    this.#recv = this.#applyOne('recv', this.#recv, media?.recv ?? null, media?.iceServers ?? [], device);
  }

  applySend(media: MediaInfo | null, device: types.Device): void {
    this.#send = this.#applyOne('send', this.#send, media?.send ?? null, media?.iceServers ?? [], device);
  }

  /** For a transport that has no consumers yet. */
  prime(device: types.Device): void {
    const recv = this.#recv;
    if (!recv || recv === this.#primed || recv.state !== 'new') return;
    this.#primed = recv;
    primeTransport(recv.transport, device).catch((error: unknown) => {
      this.#options.logger.debug('the transport was not primed', error);
    });
  }

  /** Resolves when media can be received, or when that takes so long that waiting makes no sense. */
  async untilConnected(): Promise<void> {
    await this.#recv?.untilConnected();
  }

  /** The network changed. */
  restartIce(): void {
    for (const transport of [this.#send, this.#recv]) transport?.restartIce();
  }

  restartIfBroken(): void {
    for (const transport of [this.#send, this.#recv]) transport?.restartIfBroken();
  }

  close(): void {
    this.#send?.close();
    this.#recv?.close();
    this.#send = null;
    this.#recv = null;
  }

  #applyOne(
    direction: 'send' | 'recv',
    present: MediaTransport | null,
    options: TransportOptions | null,
    iceServers: MediaInfo['iceServers'],
    device: types.Device,
  ): MediaTransport | null {
    if (present && present.id === options?.id && !present.closed) return present;
    present?.close();
    if (!options) return null;
    const certificate = this.#options.certificate();
    const settings: types.TransportOptions = {
      ...(options as types.TransportOptions),
      iceServers,
      iceTransportPolicy: this.#options.iceTransportPolicy,
      additionalSettings: certificate ? { certificates: [certificate] } : undefined,
    };
    const made = new MediaTransport(
      direction === 'send' ? device.createSendTransport(settings) : device.createRecvTransport(settings),
      options.iceParameters.usernameFragment,
      {
        connect: (id, dtlsParameters) => this.#options.connect(id, dtlsParameters),
        untilLive: () => this.#options.untilLive(),
        restartIce: (id, inUse, isAhead) => this.#options.restartIce(id, inUse, isAhead),
      },
    );
    made.on('failed', () => {
      // Both go through the same firewall: it is told once.
      const other = direction === 'send' ? this.#recv : this.#send;
      if (!other?.hasFailed) this.#options.failed();
    });
    made.on('pathChanged', (path) => {
      if (path === 'alive') this.#options.heardAgain();
      else this.#options.fellSilent();
    });
    if (direction === 'recv') this.#options.recvStarted(made);
    else this.#options.sendStarted(made);
    return made;
  }
}
