import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type {
  ClientNotification,
  ClientNotificationData,
  Hello,
  RequestInput,
  RequestMethod,
  ResponseData,
  Snapshot,
} from '../../../protocol/signaling.ts';
import type { Logger } from '../Logger.ts';
import { LONGEST_WELCOME_TIMEOUT_MS, welcomeTimeoutMs, type ReconnectPolicy } from '../policies/reconnectPolicy.ts';
import { isTransient } from '../policies/retryPolicy.ts';
import { serversToTry } from '../policies/serversToTry.ts';
import { TypedEmitter } from '../TypedEmitter.ts';
import { askToken } from './askToken.ts';
import { SignalingSocket, type PeerFactory, type ServerMessage } from './SignalingSocket.ts';
import { signalingUrl } from './signalingUrl.ts';

const REQUEST_TIMEOUT_MS = 10_000;
/** An attempt that is younger than this is not given up for another one. */
const FRESH_ATTEMPT_MS = 500;
/** From node to node in one attempt. */
const MAX_HOPS = 3;

export interface ConnectionOptions {
  url: string;
  token: string | (() => string | Promise<string>);
  /** The encoded hello; `resume` names the session to continue. */
  hello: (resume: Hello['resume']) => Promise<string>;
  reconnectPolicy: ReconnectPolicy;
  logger: Logger;
  createPeer?: PeerFactory;
}

export interface ConnectionEvents {
  socketOpened: [];
  /** First on each socket. */
  welcome: [snapshot: Snapshot];
  message: [message: ServerMessage];
  /** The socket is lost; the next welcome ends that. */
  reconnecting: [error: ChaxiError];
  /** The end; not after an own `close()`. */
  closed: [error: ChaxiError];
}

/** The signaling of one stay in a room, over one socket after the other. */
export class Connection extends TypedEmitter<ConnectionEvents> {
  readonly #options: ConnectionOptions;
  #socket: SignalingSocket | null = null;
  /** The socket has been welcomed. */
  #live = false;
  #resume: Hello['resume'];
  #attempts = 0;
  #closed = false;
  /** Where the room is, as far as is known: a cluster may send one to another of its nodes. */
  #server: string;
  /** Other nodes of the cluster. */
  #others: readonly string[] = [];
  /** Ends the sleep before an attempt, or an attempt that hangs. */
  #hurry: () => void = () => undefined;
  #hurried = false;
  #probing = false;
  readonly #liveWaiters = new Set<() => void>();

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.#server = options.url;
  }

  /** Address of the server that one is, or was last, connected to. */
  get server(): string {
    return this.#server;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Requests are answered now, and not only after a reconnect. */
  get live(): boolean {
    return this.#live;
  }

  /** Resolves after the first welcome. @throws ChaxiError why there is none */
  async open(): Promise<void> {
    try {
      await this.#connect(this.#server, LONGEST_WELCOME_TIMEOUT_MS);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Waits for a reconnect if need be. @throws ChaxiError what the server answered; requestTimeout, connectionLost */
  async request<M extends RequestMethod>(
    method: M,
    data: RequestInput<M>,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<ResponseData<M>> {
    await this.untilLive(timeoutMs);
    const socket = this.#socket;
    if (!socket) throw new ChaxiError('connectionLost');
    try {
      return await socket.request(method, data, timeoutMs);
    } catch (error) {
      // A server that does not answer is behind a socket that is open only in name.
      if (error instanceof ChaxiError && error.code === 'requestTimeout') socket.fail(error);
      throw error;
    }
  }

  /** Resolves at once or after a reconnect. @throws ChaxiError connectionLost where that takes longer, invalidState */
  async untilLive(timeoutMs: number): Promise<void> {
    if (this.#live) return;
    await new Promise<void>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#liveWaiters.delete(settle);
        if (this.#live) resolve();
        else reject(new ChaxiError(this.#closed ? 'invalidState' : 'connectionLost'));
      };
      const timer = setTimeout(settle, timeoutMs);
      this.#liveWaiters.add(settle);
      if (this.#closed) settle();
    });
  }

  notify<N extends ClientNotification>(method: N, data: ClientNotificationData<N>): void {
    if (this.#live) this.#socket?.notify(method, data);
  }

  /** The network may be back: does not wait any longer with the next attempt, nor for one that hangs. */
  hurry(): void {
    this.#hurried = true;
    this.#hurry();
  }

  /**
   * Asks whether the socket still carries anything. One that does not answer in time is replaced, unless the network shows by
   * other signs until then that it is there: an answer may also wait for packets that were lost before it.
   */
  probe(timeoutMs: number, stillDoubted: () => boolean): void {
    const socket = this.#socket;
    if (!socket || !this.#live || this.#probing) return;
    this.#probing = true;
    socket
      .request('ping', {}, timeoutMs)
      .catch((error: unknown) => {
        this.#options.logger.debug('no answer to a ping', error);
        if (error instanceof ChaxiError && error.code === 'requestTimeout' && stillDoubted()) socket.fail(error);
      })
      .finally(() => (this.#probing = false));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#live = false;
    // Not merely closed: whoever waits for its welcome must hear of it.
    this.#socket?.fail(new ChaxiError('invalidState'));
    this.#hurry();
    this.#releaseWaiters();
  }

  /** Opens a socket at a server, or at the one that it names instead. */
  async #connect(server: string, timeoutMs: number, replaceable = false): Promise<void> {
    const token = await askToken(this.#options.token);
    for (let hops = 0; ; hops += 1) {
      const next = await this.#open({ server, token, timeoutMs, replaceable, moved: hops > 0 });
      if (next === null) return;
      // Nodes that are drained one after the other.
      if (hops === MAX_HOPS) throw new ChaxiError('serverDraining');
      this.#options.logger.debug('the room is on another node', next);
      server = next;
    }
  }

  /** Resolves with the address of another node where that one has the room, or else with null after the welcome. */
  async #open(options: {
    server: string;
    token: string;
    timeoutMs: number;
    replaceable: boolean;
    moved: boolean;
  }): Promise<string | null> {
    const { server, token, timeoutMs, replaceable, moved } = options;
    const { hello, createPeer } = this.#options;
    const attempt = ++this.#attempts;
    const resume = this.#resume && { ...this.#resume, attempt };
    const encodedHello = await hello(resume);
    if (this.#closed) throw new ChaxiError('invalidState');
    const socket = new SignalingSocket(signalingUrl(server, token, encodedHello, moved), createPeer);
    this.#socket = socket;
    return new Promise<string | null>((resolve, reject) => {
      const timer = setTimeout(() => socket.fail(new ChaxiError('serverUnreachable')), timeoutMs);
      let welcomed = false;
      const fail = (error: ChaxiError) => {
        clearTimeout(timer);
        socket.close();
        if (welcomed) this.#handleLoss(socket, error);
        else reject(error);
      };
      const startedAt = performance.now();
      this.#hurried = false;
      this.#hurry = () => {
        const fresh = performance.now() - startedAt < FRESH_ATTEMPT_MS;
        if (replaceable && !opened && !fresh) socket.fail(new ChaxiError('serverUnreachable'));
      };
      let opened = false;
      socket.on('opened', () => {
        opened = true;
        this.emit('socketOpened');
      });
      socket.on('lost', fail);
      socket.on('message', (message) => {
        if (message.method === 'closed') {
          fail(ChaxiError.fromBody(message.data.error));
        } else if (message.method === 'welcome') {
          clearTimeout(timer);
          welcomed = true;
          this.#server = server;
          this.#handleWelcome(message.data);
          resolve(null);
        } else if (message.method === 'moved') {
          clearTimeout(timer);
          socket.close();
          resolve(message.data.url);
        } else if (message.method === 'otherNodes') {
          this.#others = message.data.urls;
        } else {
          this.emit('message', message);
        }
      });
    });
  }

  #handleWelcome(snapshot: Snapshot): void {
    this.#resume = { sessionId: snapshot.sessionId, secret: snapshot.resumeSecret };
    this.#live = true;
    this.emit('welcome', snapshot);
    this.#releaseWaiters();
  }

  #handleLoss(socket: SignalingSocket, error: ChaxiError): void {
    if (this.#closed || this.#socket !== socket) return;
    this.#live = false;
    this.#hurried = false;
    // A node that takes nobody any more need not be asked again.
    if (error.code === 'serverDraining') this.#server = this.#others[0] ?? this.#server;
    if (!isTransient(error.code)) {
      this.#end(error);
      return;
    }
    this.#options.logger.info('connection lost', error.code);
    this.emit('reconnecting', error);
    void this.#reconnect(error);
  }

  async #reconnect(lost: ChaxiError): Promise<void> {
    const lostAt = performance.now();
    let error = lost;
    for (let attempt = 0; !this.#closed; attempt++) {
      const delayMs = this.#options.reconnectPolicy({ attempt, elapsedMs: performance.now() - lostAt, error });
      if (delayMs === null) {
        this.#end(new ChaxiError('connectionLost', { cause: error }));
        return;
      }
      await this.#sleep(delayMs);
      const failure = await this.#tryAll(attempt);
      if (failure === null) return;
      error = failure;
    }
  }

  /** Asks one server after the other to be let in. @returns null at the end of the reconnecting, or why none did */
  async #tryAll(attempt: number): Promise<ChaxiError | null> {
    const { url: first, logger } = this.#options;
    let error = new ChaxiError('serverUnreachable');
    for (const server of serversToTry({ last: this.#server, first, others: this.#others })) {
      if (this.#closed) return null;
      try {
        await this.#connect(server, welcomeTimeoutMs(attempt), true);
        return null;
      } catch (failure) {
        error = failure instanceof ChaxiError ? failure : new ChaxiError('serverUnreachable', { cause: failure });
        logger.debug(`attempt ${attempt + 1} to reconnect failed`, error.code);
        if (!isTransient(error.code)) {
          this.#end(error);
          return null;
        }
      }
    }
    return error;
  }

  #end(error: ChaxiError): void {
    if (this.#closed) return;
    this.close();
    this.emit('closed', error);
  }

  /** Ends early by `hurry` and `close`. */
  #sleep(delayMs: number): Promise<void> {
    if (this.#hurried) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #releaseWaiters(): void {
    for (const settle of [...this.#liveWaiters]) settle();
  }
}
