import { deflateRawSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { signalingUrl } from '../../client-sdk/src/signaling/signalingUrl.ts';
import type {
  ConsumerInfo,
  Hello,
  RequestInput,
  RequestMethod,
  ResponseData,
  Snapshot,
} from '../../protocol/signaling.ts';
import { within } from '../lib/within.ts';

const REQUEST_TIMEOUT_MS = 10_000;
/** A server that does not answer does not hold up those who leave. */
const LEAVE_TIMEOUT_MS = 1_000;

interface Message {
  id?: number;
  ok?: boolean;
  method?: string;
  data?: unknown;
  errorReason?: string;
}

/** From node to node in one join. */
const MAX_HOPS = 3;

/** The signaling of a client without a browser: protoo over one WebSocket. */
export class Signaling {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, { resolve(data: unknown): void; reject(error: Error): void }>();
  /** Of tracks that came after the welcome. */
  readonly #newConsumers: ConsumerInfo[] = [];
  #onConsumer: () => void = () => undefined;
  #nextId = 1;

  /**
   * Resolves with the first snapshot, at the node where a cluster wants this client to be.
   * @throws ChaxiError what the server refuses it with; Error when there is no snapshot in time
   */
  static async join(
    url: string,
    token: string,
    hello: Hello,
    timeoutMs: number,
  ): Promise<{ signaling: Signaling; snapshot: Snapshot }> {
    const encoded = deflateRawSync(JSON.stringify(hello)).toString('base64url');
    let socket: WebSocket | undefined;
    const follow = async () => {
      let server = url;
      for (let hops = 0; hops <= MAX_HOPS; hops++) {
        const address = signalingUrl(server, token, encoded, hops > 0);
        socket = new WebSocket(address, 'protoo', { rejectUnauthorized: false });
        const signaling = new Signaling(socket);
        const first = await signaling.#first();
        if (typeof first !== 'string') return { signaling, snapshot: first };
        socket.terminate();
        server = first;
      }
      throw new Error(`Was sent on ${MAX_HOPS + 1} times.`);
    };
    try {
      return await within(timeoutMs, 'the welcome', follow());
    } catch (error) {
      socket?.terminate();
      throw error;
    }
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** @throws Error when it is refused, when the socket is or gets closed, or when there is no answer in time */
  async request<M extends RequestMethod>(
    method: M,
    data: RequestInput<M>,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<ResponseData<M>> {
    // What is sent on a closed socket is dropped without a word.
    if (!this.isOpen) throw new Error('The socket is not open.');
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#socket.send(JSON.stringify({ request: true, id, method, data }));
    return (await within(timeoutMs, `an answer to ${method}`, answer)) as ResponseData<M>;
  }

  /** The first `count` consumers of tracks that came after the welcome. @throws Error when they do not come in time */
  async newConsumers(count: number, timeoutMs: number): Promise<ConsumerInfo[]> {
    const come = new Promise<void>((resolve) => {
      this.#onConsumer = () => this.#newConsumers.length >= count && resolve();
    });
    this.#onConsumer();
    await within(timeoutMs, `${count} tracks that were not in the welcome`, come);
    return this.#newConsumers.slice(0, count);
  }

  /** Leaves the room; a socket that is merely gone would keep the place for a while. */
  async close(): Promise<void> {
    await this.request('leave', {}, LEAVE_TIMEOUT_MS).catch(() => undefined);
    this.#socket.terminate();
  }

  /** The snapshot of the welcome, or the address of the node to ask instead. */
  #first(): Promise<Snapshot | string> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        reject(error);
        for (const pending of this.#pending.values()) pending.reject(error);
        this.#pending.clear();
      };
      this.#socket.on('error', fail);
      this.#socket.on('close', () => fail(new Error('The socket was closed.')));
      this.#socket.on('message', (raw) => {
        const message = JSON.parse(String(raw)) as Message;
        if (message.method === 'welcome') resolve(message.data as Snapshot);
        else if (message.method === 'moved') resolve((message.data as { url: string }).url);
        else if (message.method === 'closed') fail(ChaxiError.fromBody((message.data as { error: unknown }).error));
        else if (message.method === 'newConsumer') this.#take((message.data as { consumer: ConsumerInfo }).consumer);
        else if (message.id !== undefined) this.#settle(message.id, message);
      });
    });
  }

  #take(consumer: ConsumerInfo): void {
    this.#newConsumers.push(consumer);
    this.#onConsumer();
  }

  #settle(id: number, { ok, data, errorReason }: Message): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (ok) pending?.resolve(data);
    else pending?.reject(new Error(errorReason));
  }
}
