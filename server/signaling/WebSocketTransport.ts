import { EventEmitter } from 'node:events';
import type { ProtooTransport } from 'protoo-server';
import type { RawData, WebSocket } from 'ws';

/** Close code that tells protoo-client not to connect again by itself. */
const CLOSED_BY_SERVER = 4000;

/**
 * A client that reads so much slower than it is told counts as lost, and is told again by the snapshot of its resume. A
 * room of a thousand fits.
 */
const MAX_UNREAD_BYTES = 4 * 1_024 * 1_024;

/** How long a measured round trip is good for. */
const FRESH_RTT_MS = 1_000;

/** A message of protoo, as far as its Peer relies on it. */
type ProtooMessage =
  | { request: true; id: number; method: string; data: unknown }
  | { response: true; id: number }
  | { notification: true; method: string; data: unknown };

export interface WebSocketTransportOptions {
  socket: WebSocket;
  pingIntervalMs: number;
  /** A message that is no message of protoo. */
  onMalformed: () => void;
}

/**
 * A protoo transport over `ws`. protoo-server's own one would do, but for the message `null`, on which it throws where
 * nobody catches, and for its lack of a way to notice a peer that went away without a word.
 */
export class WebSocketTransport extends EventEmitter implements ProtooTransport {
  readonly #socket: WebSocket;
  readonly #pingIntervalMs: number;
  readonly #pings: NodeJS.Timeout;
  readonly #onMalformed: () => void;
  #answered = true;
  #pingedAt = 0;
  #rttMs: number | undefined;
  #closed = false;

  constructor({ socket, pingIntervalMs, onMalformed }: WebSocketTransportOptions) {
    super();
    this.#socket = socket;
    this.#onMalformed = onMalformed;
    this.#pingIntervalMs = pingIntervalMs;
    this.#pings = setInterval(() => this.#checkAlive(), pingIntervalMs);
    socket.on('pong', () => this.#handlePong());
    // The first one before all else: its answer comes before the client's ICE does.
    this.#ping();
    socket.on('message', (raw, isBinary) => this.#handleMessage(raw, isBinary));
    socket.on('close', () => this.#handleClose());
    // Followed by `close`, which is what counts.
    socket.on('error', () => {});
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Round trip of the latest ping, answered by the browser's network process; undefined before the first answer. */
  get rttMs(): number | undefined {
    return this.#rttMs;
  }

  /** Measures the round trip anew, unless it was measured a moment ago or is being measured. */
  measureRtt(): void {
    const isFresh = performance.now() - this.#pingedAt < FRESH_RTT_MS;
    if (!this.#closed && this.#answered && !isFresh) this.#ping();
  }

  close(): void {
    if (this.#closed) return;
    this.#socket.close(CLOSED_BY_SERVER);
    this.#handleClose();
  }

  send(message: object): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('transport closed'));
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#socket.terminate();
    return new Promise((resolve, reject) => {
      this.#socket.send(JSON.stringify(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  #checkAlive(): void {
    if (this.#answered) return this.#ping();
    // A round trip that is being measured may have begun a moment ago. Timers are not exact: nearly an interval is one.
    if (performance.now() - this.#pingedAt > 0.9 * this.#pingIntervalMs) this.#socket.terminate();
  }

  #ping(): void {
    this.#answered = false;
    this.#pingedAt = performance.now();
    this.#socket.ping();
  }

  #handlePong(): void {
    this.#answered = true;
    this.#rttMs = performance.now() - this.#pingedAt;
  }

  #handleClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#pings);
    this.emit('close');
  }

  #handleMessage(raw: RawData, isBinary: boolean): void {
    if (this.#closed) return;
    const message = isBinary ? undefined : parseMessage(String(raw));
    if (message) this.emit('message', message);
    else this.#onMalformed();
  }
}

function parseMessage(text: string): ProtooMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { request, response, notification, id, method, data } = value as Record<string, unknown>;
  const hasId = typeof id === 'number' && Number.isSafeInteger(id);
  const hasMethod = typeof method === 'string';
  if (request === true && hasId && hasMethod) return { request, id, method, data };
  if (notification === true && hasMethod) return { notification, method, data };
  if (response === true && hasId) return { response, id };
  return undefined;
}
