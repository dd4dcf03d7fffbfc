import { once } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import {
  SIGNALING_PATH,
  type Hello,
  type RequestInput,
  type RequestMethod,
  type ResponseData,
  type ServerNotification,
  type ServerNotificationData,
  type Snapshot,
} from '../../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { fixtureHello } from './rtpFixtures.ts';
import { waitFor } from './waitFor.ts';

interface Received {
  name: string;
  data: unknown;
}

export interface ConnectOptions {
  hello?: Partial<Hello>;
  /** Replaces the encoded hello. */
  rawHello?: string;
  version?: number | string;
  headers?: Record<string, string>;
}

/** A client that speaks the protocol by hand, without the SDK and without a browser. */
export class SignalingClient {
  readonly notifications: Received[] = [];
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, { resolve(data: unknown): void; reject(error: Error): void }>();
  #nextId = 1;

  /** Opens a socket; does not wait for the welcome. */
  static async open(serverUrl: string, token: string, options: ConnectOptions = {}): Promise<SignalingClient> {
    const hello = options.rawHello ?? deflateRawSync(JSON.stringify(fixtureHello(options.hello))).toString('base64url');
    const query = new URLSearchParams({ v: String(options.version ?? PROTOCOL_VERSION), token, hello });
    const url = `${serverUrl.replace(/^http/, 'ws')}${SIGNALING_PATH}?${query}`;
    const socket = new WebSocket(url, 'protoo', { headers: options.headers });
    const client = new SignalingClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Opens a socket and waits for its welcome. */
  static async join(
    serverUrl: string,
    token: string,
    options: ConnectOptions = {},
  ): Promise<{ client: SignalingClient; snapshot: Snapshot }> {
    const client = await SignalingClient.open(serverUrl, token, options);
    return { client, snapshot: await client.notification('welcome') };
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (raw) => this.#handle(JSON.parse(String(raw)) as Record<string, unknown>));
    socket.on('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('socket closed'));
      this.#pending.clear();
    });
  }

  get closed(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED;
  }

  async request<M extends RequestMethod>(method: M, data: RequestInput<M>): Promise<ResponseData<M>> {
    return (await this.rawRequest(method, data)) as ResponseData<M>;
  }

  /** Any method with any data; rejects with the ChaxiError that the server answered. */
  rawRequest(method: string, data: unknown): Promise<unknown> {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.send(JSON.stringify({ request: true, id, method, data }));
    return answer;
  }

  send(text: string | Buffer): void {
    this.#socket.send(text);
  }

  received<N extends ServerNotification>(name: N): ServerNotificationData<N>[] {
    return this.notifications
      .filter((notification) => notification.name === name)
      .map((notification) => notification.data as ServerNotificationData<N>);
  }

  /** The first notification of this name that fits, received or still to come. */
  notification<N extends ServerNotification>(
    name: N,
    fits: (data: ServerNotificationData<N>) => boolean = () => true,
  ): Promise<ServerNotificationData<N>> {
    const names = () => this.notifications.map((notification) => notification.name).join(', ') || 'nothing';
    return waitFor(`the notification ${name}`, () => this.received(name).find(fits)).catch((error: Error) => {
      throw new Error(`${error.message}; received: ${names()}`);
    });
  }

  /** The error that ends the session. */
  async refusal(): Promise<ChaxiError> {
    return ChaxiError.fromBody((await this.notification('closed')).error);
  }

  /** Cuts the connection without a word, as a lost network does. */
  cut(): void {
    this.#socket.terminate();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #handle(message: Record<string, unknown>): void {
    if (message.notification) {
      this.notifications.push({ name: String(message.method), data: message.data });
    } else if (message.response) {
      const pending = this.#pending.get(Number(message.id));
      this.#pending.delete(Number(message.id));
      if (message.ok) pending?.resolve(message.data);
      else pending?.reject(ChaxiError.fromBody(JSON.parse(String(message.errorReason))));
    }
  }
}
