import { once } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import { WebSocket, type ClientOptions } from 'ws';
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
import { shareRuns } from './shareRuns.ts';
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
  /** Replaces the path of the upgrade. */
  path?: string;
  headers?: Record<string, string>;
  /** Another node sent it here. */
  moved?: boolean;
  /** Options of the WebSocket itself. */
  socket?: ClientOptions;
  /** Called at each ping, the first one too; where the socket does not answer by itself, `answer` does. */
  onPing?: (answer: () => void) => void;
  /** Of several nodes that stand for one (`TestServer`): so long a request is answered later. */
  settled?: () => Promise<void>;
}

/** A client that speaks the protocol by hand, without the SDK and without a browser. */
export class SignalingClient {
  readonly notifications: Received[] = [];
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, { resolve(data: unknown): void; reject(error: Error): void }>();
  readonly #answers = new Map<number, (message: Record<string, unknown>) => void>();
  /** Where several nodes stand for one. On one node an answer comes after all that the request caused; of several it comes before what goes round by others. */
  readonly #untilHeard: (() => Promise<void>) | undefined;
  #nextId = 1;
  #closeCode: number | undefined;

  /** Opens a socket; does not wait for the welcome. */
  static async open(serverUrl: string, token: string, options: ConnectOptions = {}): Promise<SignalingClient> {
    const hello = options.rawHello ?? deflateRawSync(JSON.stringify(fixtureHello(options.hello))).toString('base64url');
    const query = new URLSearchParams({ v: String(options.version ?? PROTOCOL_VERSION), token, hello });
    if (options.moved) query.set('moved', '1');
    const url = `${serverUrl.replace(/^http/, 'ws')}${options.path ?? SIGNALING_PATH}?${query}`;
    const socket = new WebSocket(url, 'protoo', { ...options.socket, headers: options.headers });
    socket.on('ping', () => options.onPing?.(() => socket.pong()));
    const client = new SignalingClient(socket, options.settled);
    await once(socket, 'open');
    return client;
  }

  /** Opens a socket and waits for its welcome, on another node where it is sent there. */
  static async join(
    serverUrl: string,
    token: string,
    options: ConnectOptions = {},
  ): Promise<{ client: SignalingClient; snapshot: Snapshot; url: string }> {
    const client = await SignalingClient.open(serverUrl, token, options);
    if ((await client.firstWord()) === 'moved') {
      const [moved] = client.received('moved');
      return SignalingClient.join(moved?.url ?? '', token, { ...options, moved: true });
    }
    return { client, snapshot: await client.notification('welcome'), url: serverUrl };
  }

  private constructor(socket: WebSocket, settled?: () => Promise<void>) {
    this.#socket = socket;
    this.#untilHeard = settled && shareRuns(() => this.#hearAll(settled));
    socket.on('message', (raw) => this.#handle(JSON.parse(String(raw)) as Record<string, unknown>));
    socket.on('close', (code) => {
      this.#closeCode = code;
      for (const { reject } of this.#pending.values()) reject(new Error('socket closed'));
      this.#pending.clear();
    });
  }

  get closed(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED;
  }

  /** Why the socket closed (RFC 6455 section 7.4); undefined while it is open. */
  get closeCode(): number | undefined {
    return this.#closeCode;
  }

  async request<M extends RequestMethod>(method: M, data: RequestInput<M>): Promise<ResponseData<M>> {
    return (await this.rawRequest(method, data)) as ResponseData<M>;
  }

  /** Any method with any data; rejects with the ChaxiError that the server answered. */
  rawRequest(method: string, data: unknown): Promise<unknown> {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.send(JSON.stringify({ request: true, id, method, data }));
    return this.#untilHeard ? answer.finally(this.#untilHeard) : answer;
  }

  /** A string is sent as text, a Buffer as binary. */
  send(text: string | Buffer): void {
    this.#socket.send(text);
  }

  /** Sends one text message in several frames. */
  sendFragments(parts: readonly string[]): void {
    parts.forEach((part, index) => this.#socket.send(part, { fin: index === parts.length - 1 }));
  }

  /** From now on nothing is read, as from a page that hangs. */
  stopReading(): void {
    this.#socket.pause();
  }

  readAgain(): void {
    this.#socket.resume();
  }

  /** What a request is refused with; fails where it is not refused. */
  async refusalOf(method: string, data: unknown): Promise<ChaxiError> {
    const answer = await this.rawRequest(method, data).catch((error: unknown) => error);
    if (answer instanceof ChaxiError) return answer;
    throw new Error(`${method} should be refused, but was answered ${String(answer)} ${JSON.stringify(answer)}`);
  }

  /** Calls back with the whole answer to a request that was sent by hand. */
  onAnswer(id: number, callback: (message: Record<string, unknown>) => void): void {
    this.#answers.set(id, callback);
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

  /** The name of the first notification: `welcome`, or `closed` where the client is not let in. */
  firstWord(): Promise<string> {
    return waitFor('the first word of the server', () => this.notifications[0]?.name);
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

  /** What the nodes have told until now has come, or the socket is closed. */
  async #hearAll(settled: () => Promise<void>): Promise<void> {
    await settled();
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const heard = Promise.withResolvers<void>();
    for (const event of ['pong', 'close'] as const) this.#socket.once(event, heard.resolve);
    this.#socket.ping();
    await heard.promise;
    for (const event of ['pong', 'close'] as const) this.#socket.off(event, heard.resolve);
  }

  #handle(message: Record<string, unknown>): void {
    // Nodes that stand for one have no others.
    if (message.notification && message.method === 'otherNodes' && this.#untilHeard) return;
    if (message.notification) {
      this.notifications.push({ name: String(message.method), data: message.data });
    } else if (message.response) {
      this.#answers.get(Number(message.id))?.(message);
      const pending = this.#pending.get(Number(message.id));
      this.#pending.delete(Number(message.id));
      if (message.ok) pending?.resolve(message.data);
      else pending?.reject(ChaxiError.fromBody(JSON.parse(String(message.errorReason))));
    }
  }
}
