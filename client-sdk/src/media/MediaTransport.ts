import type { types } from 'mediasoup-client';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../protocol/errorCodes.ts';
import type { DtlsParameters } from '../../../protocol/rtp.ts';
import {
  COME_BACK_MS,
  CONNECT_DEADLINE_MS,
  DISCONNECTED_GRACE_MS,
  iceRestartPolicy,
  RESTART_DEADLINE_MS,
} from '../policies/iceRestartPolicy.ts';
import type { PathState } from '../policies/silencePolicy.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import { batchProbator } from './batchProbator.ts';
import { IceReserve } from './IceReserve.ts';
import { TransportPulse } from './TransportPulse.ts';

export interface MediaTransportEvents {
  stateChanged: [state: types.ConnectionState];
  /** Whether anything arrives. */
  pathChanged: [path: PathState];
  /** Its statistics, some times a second while it is connected. */
  looked: [report: RTCStatsReport];
  /** Media does not get through, although it was tried more than once. */
  failed: [];
}

export interface MediaTransportControls {
  /** Tells the server the DTLS parameters, where it does not know them yet. */
  connect(transportId: string, dtlsParameters: DtlsParameters): void;
  /** Resolves when the server can be asked. @throws ChaxiError when that takes too long */
  untilLive(): Promise<void>;
  /** Asks the server for other ICE parameters than those with the user name fragment `inUse`. `isAhead`: nothing waits for them. */
  restartIce(transportId: string, inUse: string, isAhead: boolean): Promise<types.IceParameters>;
}

/** One of the two connections of media, kept alive over changes of the network. */
export class MediaTransport extends TypedEmitter<MediaTransportEvents> {
  readonly transport: types.Transport;
  readonly #controls: MediaTransportControls;
  readonly #pulse: TransportPulse;
  readonly #reserve: IceReserve;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restarting = false;
  /** From the first attempt to bring it back until it is well. */
  #recovering = false;
  /** A new path is wanted even if this one is well. */
  #demanded = false;
  #attempt = 0;
  #reported = false;
  #produced = 0;
  #closing: () => void = () => undefined;

  /** @param iceUsernameFragment of the server, as the transport was made with */
  constructor(transport: types.Transport, iceUsernameFragment: string, controls: MediaTransportControls) {
    super();
    this.transport = transport;
    this.#controls = controls;
    this.#reserve = new IceReserve(
      (inUse, isAhead) => controls.restartIce(transport.id, inUse, isAhead),
      iceUsernameFragment,
    );
    this.#pulse = new TransportPulse({
      getStats: () => transport.getStats(),
      looked: (report) => this.#handleLook(report),
      changed: (path) => this.#handlePath(path),
    });
    if (transport.direction === 'recv') batchProbator(transport.handler);
    transport.on('connect', ({ dtlsParameters }, callback) => {
      // Nobody waits for the server: it takes DTLS packets as soon as it knows the fingerprints.
      callback();
      controls.connect(transport.id, dtlsParameters as DtlsParameters);
      this.#watchConnecting();
    });
    // A publication tells the server by itself. Were it awaited here, mediasoup-client would negotiate the next track only
    // after the answer, since it takes one at a time.
    transport.on('produce', (_, callback) => callback({ id: `local-${++this.#produced}` }));
    transport.on('connectionstatechange', (state) => this.#handleState(state));
  }

  get id(): string {
    return this.transport.id;
  }

  get closed(): boolean {
    return this.transport.closed;
  }

  get state(): types.ConnectionState {
    return this.transport.connectionState;
  }

  get rttMs(): number | undefined {
    return this.#pulse.rttMs;
  }

  /** Nothing arrives, though something should. */
  get silent(): boolean {
    return this.#pulse.path !== 'alive';
  }

  /** Nothing gets through, as far as one knows. */
  get broken(): boolean {
    return this.state === 'failed' || this.state === 'disconnected' || this.silent;
  }

  /** It was told to have failed, and has not come back since. */
  get hasFailed(): boolean {
    return this.#reported;
  }

  /** The network changed, or may have: finds a new path now. A transport that was never used has none to restart. */
  restartIce(): void {
    if (this.closed || this.state === 'new') return;
    this.#demanded = true;
    this.#attempt = 0;
    this.#scheduleRestart();
  }

  /** After a reconnect of the signaling: only what is broken is restarted. */
  restartIfBroken(): void {
    if (this.closed || this.state === 'new' || !this.broken) return;
    this.#attempt = 0;
    this.#scheduleRestart();
  }

  /** Does not wait longer than the first connection may take. */
  async untilConnected(): Promise<void> {
    if (this.closed || this.state === 'connected') return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CONNECT_DEADLINE_MS);
      this.on('stateChanged', (state) => {
        if (state !== 'connected') return;
        clearTimeout(timer);
        resolve();
      });
      this.#closing = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#pulse.close();
    this.#closing();
    this.transport.close();
  }

  get #well(): boolean {
    return !this.broken && this.state === 'connected';
  }

  #watchConnecting(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.state !== 'connected') this.#report();
    }, CONNECT_DEADLINE_MS);
  }

  #handleState(state: types.ConnectionState): void {
    if (state === 'connected') {
      this.#pulse.start();
      if (!this.broken) this.#settle();
    } else if (state === 'disconnected') {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        if (this.broken) this.#scheduleRestart();
      }, DISCONNECTED_GRACE_MS);
    } else if (state === 'failed') {
      this.#scheduleRestart();
    }
    this.emit('stateChanged', state);
  }

  #handleLook(report: RTCStatsReport): void {
    // Where it is not well, the next path asks for itself.
    if (this.#well && !this.#restarting) this.#reserve.fillAhead();
    this.emit('looked', report);
  }

  #handlePath(path: PathState): void {
    if (path === 'alive' && !this.broken) this.#settle();
    // One that is being restarted already keeps its pace: a path that comes and goes must not have it restarted at once each time.
    else if (path === 'dead' && !this.#recovering) this.#scheduleRestart();
    this.emit('pathChanged', path);
  }

  /** All is well: what was planned against it is off. */
  #settle(): void {
    clearTimeout(this.#timer);
    this.#recovering = false;
    this.#demanded = false;
    this.#attempt = 0;
    this.#reported = false;
  }

  /** @param failure of the attempt before */
  #scheduleRestart(failure?: ErrorCode): void {
    if (this.#restarting) return;
    this.#recovering = true;
    const { delayMs, report } = iceRestartPolicy(this.#attempt++, failure);
    if (report) this.#report();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#restart(), delayMs);
  }

  async #restart(): Promise<void> {
    if (this.closed || this.#restarting) return;
    this.#restarting = true;
    let failure: ErrorCode | undefined;
    try {
      await this.#findPath();
    } catch (error) {
      // Without signaling there is nothing to restart with; the next attempt may find it back.
      failure = error instanceof ChaxiError ? error.code : 'internal';
    }
    this.#restarting = false;
    if (this.closed) return;
    // The network may have changed again meanwhile.
    if (failure || this.#demanded) this.#scheduleRestart(failure);
    else if (this.#well) this.#settle();
    else this.#watchRestart();
  }

  /** Takes new ICE parameters, unless the path came back with the socket, as after an outage. */
  async #findPath(): Promise<void> {
    // The socket belongs to the network before, too: where nothing has to be asked, it is not waited for.
    if (!(this.#demanded && this.#reserve.filled)) {
      await this.#controls.untilLive();
      if (this.closed || (await this.#cameBack())) return;
      const waited = new Promise((resolve) => setTimeout(resolve, this.#canComeBack ? COME_BACK_MS : 0));
      await this.#reserve.fill();
      await waited;
      if (this.closed || (await this.#cameBack())) return;
    }
    const iceParameters = await this.#reserve.take();
    this.#demanded = false;
    await this.transport.restartIce({ iceParameters });
  }

  /** Neither where another path is wanted nor where the browser has given this one up. */
  get #canComeBack(): boolean {
    return !this.#demanded && this.state !== 'failed';
  }

  async #cameBack(): Promise<boolean> {
    if (!this.#canComeBack) return false;
    await this.#pulse.look();
    return this.#well && this.#canComeBack;
  }

  /** The state `failed` comes much later, and not at all where the browser sees nothing wrong. */
  #watchRestart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#well) this.#settle();
      else this.#scheduleRestart();
    }, RESTART_DEADLINE_MS);
  }

  #report(): void {
    if (this.#reported || this.closed) return;
    this.#reported = true;
    this.emit('failed');
  }
}
