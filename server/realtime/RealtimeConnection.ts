import { performance } from 'node:perf_hooks';
import type { Socket } from 'socket.io';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import {
  realtimeNotices,
  realtimeRequests,
  type RealtimeEvent,
  type RealtimeEventData,
  type RealtimeMethod,
} from '../../protocol/realtime.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/Metrics.ts';
import { parseInput } from '../base/parseInput.ts';
import { reportError } from '../base/reportError.ts';
import { SessionRates } from '../base/SessionRates.ts';
import type { Messenger } from '../messaging/Messenger.ts';
import type { CounterDesk } from '../rooms/counter/CounterDesk.ts';
import type { Caller } from './readHandshake.ts';
import { requestHandlers } from './requestHandlers.ts';
import { isRoomMethod, roomHandlers, roomsChannel, type RoomContext } from './roomHandlers.ts';

/** A client that reads so much slower than it is told is lost, and asks for what it missed when it is back. */
const MAX_UNREAD_BYTES = 4 * 1_024 * 1_024;

/** What a timer can hold. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface RealtimeConnectionOptions {
  socket: Socket;
  caller: Caller;
  messenger: Messenger;
  rooms: CounterDesk;
  metrics: Metrics;
  logger: Logger;
}

/** One socket: parses, limits and answers what it asks on behalf of its person. */
export class RealtimeConnection {
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #caller: Caller;
  readonly #messenger: Messenger;
  readonly #rooms: CounterDesk;
  readonly #metrics: Metrics;
  readonly #logger: Logger;
  readonly #rates = new SessionRates((error) => this.close(error));
  #expiry: NodeJS.Timeout | undefined;

  constructor({ socket, caller, messenger, rooms, metrics, logger }: RealtimeConnectionOptions) {
    this.#socket = socket;
    this.#caller = caller;
    this.#messenger = messenger;
    this.#rooms = rooms;
    this.#metrics = metrics;
    this.#logger = logger;
    this.closed = new Promise((resolve) => socket.conn.once('close', () => resolve()));
    messenger.people.connect(caller.person, socket);
    socket.onAny((name: string, ...args: unknown[]) => void this.#receive(name, args));
    socket.on('disconnect', () => {
      clearTimeout(this.#expiry);
      messenger.people.disconnect(caller.person, socket);
    });
    // An error of a socket is followed by its end, which is what counts.
    socket.on('error', () => {});
    this.#watchUnread();
    this.#watchExpiry();
  }

  emit<E extends RealtimeEvent>(event: E, data: RealtimeEventData<E>): void {
    this.#socket.emit(event, data);
  }

  /** Says why, and closes. */
  close(error: ChaxiError): void {
    this.emit('closed', { error: error.toBody() });
    this.#socket.disconnect(true);
  }

  #watchExpiry(): void {
    const leftMs = this.#caller.expiresAt - Date.now();
    if (leftMs <= 0) return this.close(new ChaxiError('tokenExpired'));
    this.#expiry = setTimeout(() => this.#watchExpiry(), Math.min(leftMs, LONGEST_TIMER_MS));
  }

  /** What is written and what the transport has not taken yet. */
  #watchUnread(): void {
    const { conn } = this.#socket;
    let unreadBytes = 0;
    conn.on('packetCreate', ({ data }: { data?: string | Buffer }) => {
      unreadBytes += data?.length ?? 0;
      if (unreadBytes > MAX_UNREAD_BYTES) conn.close(true);
    });
    conn.on('flush', () => (unreadBytes = 0));
  }

  async #receive(name: string, args: unknown[]): Promise<void> {
    const acknowledge = args.at(-1);
    const answer = typeof acknowledge === 'function' ? (acknowledge as (body: object) => void) : undefined;
    const [data] = args;
    try {
      this.#rates.take();
      if (isNotice(name)) return await this.#notice(data);
      if (!isMethod(name)) throw new ChaxiError('unknownMethod', { path: 'method' });
      const answered = await this.#answer(name, data);
      answer?.({ data: answered });
    } catch (error) {
      const known = reportError(error, name.slice(0, 64), { metrics: this.#metrics, logger: this.#logger });
      answer?.({ error: known.toBody() });
    }
  }

  async #answer(method: RealtimeMethod, data: unknown): Promise<object> {
    const startedAt = performance.now();
    const input = parseInput(realtimeRequests[method].request, data ?? {});
    if (isRoomMethod(method)) {
      const handle = roomHandlers[method] as (context: RoomContext, input: unknown) => Promise<object>;
      return handle(this.#roomContext, input);
    }
    await this.#messenger.people.ready(this.#caller.person);
    const handle = requestHandlers[method] as (messenger: Messenger, caller: Caller, input: unknown) => Promise<object>;
    const answer = await handle(this.#messenger, this.#caller, input);
    if (method === 'send') this.#metrics.observeSend(performance.now() - startedAt);
    return answer;
  }

  get #roomContext(): RoomContext {
    const { person } = this.#caller;
    const listen = () => void this.#socket.join(roomsChannel(person.tenant));
    return { desk: this.#rooms, caller: this.#caller, listen };
  }

  async #notice(data: unknown): Promise<void> {
    const { conversationId } = parseInput(realtimeNotices.typing.data, data);
    await this.#messenger.typing.tell(this.#caller.person, conversationId);
  }
}

function isMethod(name: string): name is RealtimeMethod {
  return Object.hasOwn(realtimeRequests, name);
}

function isNotice(name: string): name is keyof typeof realtimeNotices {
  return Object.hasOwn(realtimeNotices, name);
}
