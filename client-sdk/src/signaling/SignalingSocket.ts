import { Peer, WebSocketTransport } from 'protoo-client';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type {
  ClientNotification,
  ClientNotificationData,
  RequestInput,
  RequestMethod,
  ResponseData,
  ServerNotification,
  ServerNotificationData,
} from '../../../protocol/signaling.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import { requestError } from './requestError.ts';

export type ServerMessage = {
  [Name in ServerNotification]: { method: Name; data: ServerNotificationData<Name> };
}[ServerNotification];

export interface SignalingSocketEvents {
  opened: [];
  message: [message: ServerMessage];
  /** It is gone for good, or never opened. Not after an own `close()`. */
  lost: [error: ChaxiError];
}

/** Opens a protoo peer at an address; tests give one over a socket of their own. */
export type PeerFactory = (url: string) => Peer;

/** Connecting again is the work of Connection, so protoo must not try. */
const openPeer: PeerFactory = (url) => new Peer(new WebSocketTransport(url, { retry: { retries: 0 } }));

/** One WebSocket, from its opening to its end. */
export class SignalingSocket extends TypedEmitter<SignalingSocketEvents> {
  readonly #peer: Peer;
  #closed = false;

  constructor(url: string, createPeer: PeerFactory = openPeer) {
    super();
    this.#peer = createPeer(url);
    this.#peer.on('open', () => this.emit('opened'));
    this.#peer.on('notification', ({ method, data }) => this.emit('message', { method, data } as ServerMessage));
    this.#peer.on('disconnected', () => this.fail(new ChaxiError('connectionLost')));
    this.#peer.on('failed', () => this.fail(new ChaxiError('serverUnreachable')));
    this.#peer.on('close', () => this.fail(new ChaxiError('connectionLost')));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @throws ChaxiError what the server answered; requestTimeout, connectionLost */
  async request<M extends RequestMethod>(
    method: M,
    data: RequestInput<M>,
    timeoutMs: number,
  ): Promise<ResponseData<M>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ChaxiError('requestTimeout')), timeoutMs);
    });
    try {
      return (await Promise.race([this.#peer.request(method, data), timeout])) as ResponseData<M>;
    } catch (error) {
      throw requestError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sent if the socket is open; nobody waits for it. */
  notify<N extends ClientNotification>(method: N, data: ClientNotificationData<N>): void {
    this.#peer.notify(method, data).catch(() => undefined);
  }

  /** Ends it as if the network had: for sockets that are open only in name. */
  fail(error: ChaxiError): void {
    if (this.#closed) return;
    this.close();
    this.emit('lost', error);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#peer.close();
  }
}
