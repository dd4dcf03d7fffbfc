import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { types } from 'mediasoup';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { TO_NODE } from '../MediaWorker.ts';
import type { RoomRouter } from '../RoomRouter.ts';
import type { Copy } from '../SharedCopies.ts';
import type { PipeAddress } from './pipeMessages.ts';

export interface PipeEndOptions {
  pipeId: string;
  /** The node that has the other end. */
  nodeId: string;
  router: RoomRouter;
  listenInfo: types.TransportListenInfo;
  /** Whether it closes when the last one has left. Of the two ends one decides that, so that nobody comes to a pipe that is half closed. */
  closesWhenEmpty: boolean;
  /** Tells the other end that one has left or, without its id, that this end is closed. */
  tell: (crossingId?: string) => void;
  /** Called once, before the other end is told. */
  onClosed: () => void;
}

/** What goes through a pipe: a consumer where it leaves a node, a producer where it comes in. */
interface Crossing<M> {
  media?: M;
  /** The other end knows of its end. */
  isTold: boolean;
}

/**
 * One end of a pipe between two nodes: a PipeTransport with SRTP, which takes packets from the other end alone. It may be closed
 * at any moment, also before its transport has come to be.
 */
export class PipeEnd<M extends Copy> {
  readonly pipeId: string;
  readonly nodeId: string;
  readonly router: RoomRouter;
  readonly #options: PipeEndOptions;
  readonly #crossings = new Map<string, Crossing<M>>();
  readonly #making: Promise<types.PipeTransport>;
  /** Rejects when the end closes. */
  readonly #closing = Promise.withResolvers<never>();
  #transport: types.PipeTransport | undefined;
  #remote: PipeAddress | undefined;
  #connected: Promise<void> | undefined;
  #closed = false;

  constructor(options: PipeEndOptions) {
    this.pipeId = options.pipeId;
    this.nodeId = options.nodeId;
    this.router = options.router;
    this.#options = options;
    this.#closing.promise.catch(() => {});
    this.#making = this.#make();
    this.#making.catch(() => this.close());
  }

  get closed(): boolean {
    // When a router closes, what is on its transports learns of it before those who watch the transports do.
    return this.#closed || this.#transport?.closed === true;
  }

  /** The other end's address has come. */
  get knowsOther(): boolean {
    return this.#remote !== undefined;
  }

  /** For the other end. */
  async address(): Promise<PipeAddress> {
    const { tuple, srtpParameters } = await this.#making;
    return {
      address: tuple.localAddress,
      port: tuple.localPort,
      srtpParameters: srtpParameters as PipeAddress['srtpParameters'],
    };
  }

  /** Connects to the other end; the same address a second time changes nothing. */
  async connect(remote: PipeAddress): Promise<void> {
    // The other end was closed, and an answer came from the one that was made in its place.
    if (this.#remote && this.#remote.srtpParameters.keyBase64 !== remote.srtpParameters.keyBase64) this.close();
    if (this.closed) throw new ChaxiError('mediaUnavailable');
    this.#remote = remote;
    this.#connected ??= this.#connect(remote);
    await this.#connected;
  }

  /** What is made on the transport is part of the pipe until it closes. */
  async carry(crossingId: string, make: (transport: types.PipeTransport) => Promise<M>): Promise<M> {
    const crossing: Crossing<M> = { isTold: false };
    this.#crossings.set(crossingId, crossing);
    try {
      const transport = await this.#making;
      const media = await make(transport);
      // mediasoup closes nothing that came to be after its transport was closed.
      if (transport.closed || crossing.isTold) media.close();
      if (media.closed) throw new ChaxiError(transport.closed ? 'mediaUnavailable' : 'producerNotFound');
      crossing.media = media;
      media.observer.once('close', () => this.#leave(crossingId));
      return media;
    } catch (error) {
      this.#leave(crossingId);
      throw error;
    }
  }

  /** What came to be of a crossing. */
  find(crossingId: string): M | undefined {
    return this.#crossings.get(crossingId)?.media;
  }

  /** Asks nothing once the end is closed, and waits for no answer longer than until then. */
  async whileOpen<T>(ask: () => Promise<T>): Promise<T> {
    if (this.closed) throw new ChaxiError('mediaUnavailable');
    return Promise.race([ask(), this.#closing.promise]);
  }

  /** The other end tells that one has ended or, without its id, that it is closed. */
  handleTold(crossingId?: string): void {
    if (crossingId === undefined) {
      this.#close();
      return;
    }
    const crossing = this.#crossings.get(crossingId);
    if (!crossing) return;
    crossing.isTold = true;
    crossing.media?.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#close();
    this.#options.tell();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closing.reject(new ChaxiError('mediaUnavailable'));
    this.#options.onClosed();
    this.#transport?.close();
  }

  async #make(): Promise<types.PipeTransport> {
    const transport = await this.router.router.createPipeTransport({
      listenInfo: this.#options.listenInfo,
      enableSrtp: true,
      // Between regions packets get lost.
      enableRtx: true,
      enableSctp: false,
      appData: TO_NODE,
    });
    // The same holds for a router.
    if (this.#closed || this.router.closed) {
      transport.close();
      throw new ChaxiError('mediaUnavailable');
    }
    this.#transport = transport;
    transport.observer.once('close', () => this.close());
    return transport;
  }

  async #connect({ address, port, srtpParameters }: PipeAddress): Promise<void> {
    const transport = await this.#making;
    const family = isIP(this.#options.listenInfo.ip);
    // mediasoup takes no host name, and would send to an address of another family without a word, and in vain.
    const ip = isIP(address) ? address : (await this.whileOpen(() => lookup(address, { family }))).address;
    if (isIP(ip) !== family) throw new Error(`A pipe from ${this.#options.listenInfo.ip} can not reach ${ip}.`);
    await transport.connect({ ip, port, srtpParameters });
  }

  #leave(crossingId: string): void {
    const crossing = this.#crossings.get(crossingId);
    if (!crossing) return;
    this.#crossings.delete(crossingId);
    // A closed pipe is told as a whole.
    if (this.closed) return;
    if (this.#options.closesWhenEmpty && this.#crossings.size === 0) this.close();
    else if (!crossing.isTold) this.#options.tell(crossingId);
  }
}
