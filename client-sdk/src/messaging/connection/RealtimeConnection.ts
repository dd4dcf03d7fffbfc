import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type {
  RealtimeEventData,
  RealtimeMethod,
  RealtimeRequestInput,
  RealtimeResponse,
} from '../../../../protocol/realtime.ts';
import type { Logger } from '../../Logger.ts';
import { serversToTry } from '../../policies/serversToTry.ts';
import { Deferred } from '../../session/Deferred.ts';
import { NetworkWatch } from '../../session/NetworkWatch.ts';
import { TypedEmitter } from '../../TypedEmitter.ts';
import type { MessengerState } from '../MessengerEvents.ts';
import { connectionDelay, HELD_AFTER_MS, meansNodeGone } from './connectionPolicy.ts';
import type { OpenSocket, RealtimeSocket } from './RealtimeSocket.ts';

const REQUEST_TIMEOUT_MS = 10_000;

export interface RealtimeConnectionOptions {
  server: () => string;
  token: string | (() => string | Promise<string>);
  /** A token is there, before the server has seen it. @throws ChaxiError for one that can not be used */
  tokenArrived: (token: string) => void;
  openSocket: OpenSocket;
  logger: Logger;
}

export interface RealtimeConnectionEvents {
  stateChanged: [state: MessengerState];
  /** A socket is there; whatever was told while there was none is missing. */
  connected: [];
  event: [name: string, data: unknown];
  /** The end; null after an own `close()`. */
  closed: [error: ChaxiError | null];
}

/** The request function, as the parts of a messenger are given it. */
export type RealtimeRequester = <M extends RealtimeMethod>(
  method: M,
  data: RealtimeRequestInput<M>,
) => Promise<RealtimeResponse<M>>;

/** The connection of a messenger, over one socket after the other. */
export class RealtimeConnection extends TypedEmitter<RealtimeConnectionEvents> {
  readonly #options: RealtimeConnectionOptions;
  readonly #firstConnected = new Deferred();
  readonly #liveWaiters = new Set<() => void>();
  #state: MessengerState = 'idle';
  #socket: RealtimeSocket | null = null;
  #serverUrl: string;
  /** Other nodes of the cluster, as the last one that was there named them. */
  #otherUrls: readonly string[] = [];
  /** Ends the attempt or the connection that is there. */
  #drop: (error: ChaxiError) => void = () => undefined;
  /** Ends the sleep before an attempt. */
  #hurry: () => void = () => undefined;
  #watch: NetworkWatch | null = null;

  constructor(options: RealtimeConnectionOptions) {
    super();
    this.#options = options;
    this.#serverUrl = options.server();
  }

  get state(): MessengerState {
    return this.#state;
  }

  /** Of the node that one is, or was last, connected to. */
  get serverUrl(): string {
    return this.#serverUrl;
  }

  /** Resolves when it is connected for the first time. @throws ChaxiError why it never will be */
  open(): Promise<void> {
    if (this.#state === 'idle') {
      this.#setState('connecting');
      // Apart from a page nobody tells of networks.
      if (typeof document !== 'undefined') this.#watch = this.#watchNetwork();
      void this.#run();
    }
    return this.#firstConnected.promise;
  }

  close(): void {
    this.#end(null);
  }

  /**
   * Waits for a connection where there is none.
   * @throws ChaxiError what the server answered; requestTimeout, connectionLost: it may have been done or not
   */
  async request<M extends RealtimeMethod>(method: M, data: RealtimeRequestInput<M>): Promise<RealtimeResponse<M>> {
    const deadline = performance.now() + REQUEST_TIMEOUT_MS;
    const socket = this.#live ?? (await this.#waitForSocket());
    const sentAt = performance.now();
    let answer: unknown;
    try {
      answer = await socket.request(method, data, Math.max(1, deadline - sentAt));
    } catch (error) {
      const dead = this.#socket === socket && socket.receivedAt < sentAt;
      if (dead) this.#drop(new ChaxiError('connectionLost', { cause: error }));
      throw error;
    }
    const { data: result, error } = (answer ?? {}) as { data?: unknown; error?: unknown };
    if (result === undefined) throw ChaxiError.fromBody(error);
    return result as RealtimeResponse<M>;
  }

  notify(name: string, data: unknown): void {
    this.#live?.notify(name, data);
  }

  get live(): boolean {
    return this.#live !== null;
  }

  get #live(): RealtimeSocket | null {
    return this.#state === 'connected' ? this.#socket : null;
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#isClosed(); attempt++) {
      const { error, heldMs } = await this.#attemptAll();
      if (this.#isClosed()) return;
      if (heldMs > HELD_AFTER_MS) attempt = 0;
      const freshToken = typeof this.#options.token === 'function';
      const delayMs = connectionDelay({ attempt, code: error.code, freshToken }, Math.random());
      if (delayMs === null) return this.#end(error);
      this.#options.logger.debug(`messages: ${error.code}, next attempt in ${delayMs} ms`);
      await this.#sleep(delayMs);
    }
  }

  /** Asks one node after the other without a pause, until one is there, and is lost. @returns why the last one is not there */
  async #attemptAll(): Promise<{ error: ChaxiError; heldMs: number }> {
    const first = this.#options.server();
    const urls = serversToTry({ last: first, first: this.#serverUrl, others: this.#otherUrls });
    let outcome = await this.#attempt(first);
    for (const url of urls.slice(1)) {
      if (outcome.heldMs > 0 || !meansNodeGone(outcome.error.code) || this.#isClosed()) break;
      outcome = await this.#attempt(url);
    }
    return outcome;
  }

  /** One socket, from its token to its end. */
  async #attempt(serverUrl: string): Promise<{ error: ChaxiError; heldMs: number }> {
    let openedAt: number | null = null;
    const lost = new Deferred<ChaxiError>();
    this.#drop = (error) => lost.resolve(error);
    try {
      const token = await this.#fetchToken();
      if (this.#isClosed()) return { error: new ChaxiError('invalidState'), heldMs: 0 };
      this.#options.tokenArrived(token);
      this.#serverUrl = serverUrl;
      const socket = this.#options.openSocket(
        { serverUrl, token },
        {
          opened: () => {
            openedAt = performance.now();
            this.#handleOpened();
          },
          event: (name, data) => this.#socket === socket && this.#handleEvent(name, data),
          closed: (error) => lost.resolve(error),
        },
      );
      this.#socket = socket;
      const error = await lost.promise;
      socket.close();
      if (this.#state === 'connected') this.#setState('reconnecting');
      return { error, heldMs: openedAt === null ? 0 : Math.max(1, performance.now() - openedAt) };
    } catch (error) {
      return { error: error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error }), heldMs: 0 };
    } finally {
      this.#socket = null;
    }
  }

  async #fetchToken(): Promise<string> {
    const { token } = this.#options;
    try {
      return typeof token === 'function' ? await token() : token;
    } catch (error) {
      throw new ChaxiError('tokenMissing', { cause: error });
    }
  }

  #handleEvent(name: string, data: unknown): void {
    if (name === 'otherNodes') this.#otherUrls = (data as RealtimeEventData<'otherNodes'>).urls;
    else this.emit('event', name, data);
  }

  #handleOpened(): void {
    if (this.#isClosed()) return;
    this.#setState('connected');
    for (const wake of [...this.#liveWaiters]) wake();
    this.#firstConnected.resolve();
    this.emit('connected');
  }

  /** @throws ChaxiError serverUnreachable, where there is none in time */
  #waitForSocket(): Promise<RealtimeSocket> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#liveWaiters.delete(settle);
        const socket = this.#live;
        if (socket) resolve(socket);
        else reject(new ChaxiError(this.#isClosed() ? 'invalidState' : 'serverUnreachable'));
      };
      const timer = setTimeout(settle, this.#isClosed() ? 0 : REQUEST_TIMEOUT_MS);
      this.#liveWaiters.add(settle);
    });
  }

  #watchNetwork(): NetworkWatch {
    return new NetworkWatch({
      networkChanged: () => {
        // The socket belongs to the network before, and would be silent for long until someone notices.
        this.#drop(new ChaxiError('connectionLost'));
        this.#hurry();
      },
      pageShown: () => this.#hurry(),
      pageHidden: () => undefined,
      pageLeft: () => undefined,
    });
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #end(error: ChaxiError | null): void {
    if (this.#isClosed()) return;
    const reason = error ?? new ChaxiError('invalidState', { message: 'The messenger was closed.' });
    this.#watch?.close();
    this.#setState('closed');
    this.#drop(reason);
    this.#hurry();
    this.#socket?.close();
    this.#firstConnected.reject(reason);
    for (const wake of [...this.#liveWaiters]) wake();
    this.emit('closed', error);
  }

  /** A method, because TypeScript takes a state that was looked at for one that can not change. */
  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #setState(state: MessengerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('stateChanged', state);
  }
}
