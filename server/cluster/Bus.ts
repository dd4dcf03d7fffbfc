import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Logger } from '../base/logger.ts';
import type { ClusterStore, Unsubscribe } from './ClusterStore.ts';

/** A node that is alive answers long before. */
const ANSWER_TIMEOUT_MS = 3_000;

const messageSchema = z.union([
  z.object({ type: z.literal('tell'), from: z.string(), method: z.string(), data: z.unknown() }),
  z.object({ type: z.literal('request'), id: z.string(), from: z.string(), method: z.string(), data: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.string(), data: z.unknown().optional(), error: z.unknown().optional() }),
]);

/** Takes one kind of request or news; what it returns or throws, as ChaxiError, reaches the asker. */
export type BusHandler = (data: unknown, from: string) => unknown;

interface Asked {
  from: string;
  method: string;
  data?: unknown;
}

interface Waiting {
  resolve(data: unknown): void;
  reject(error: ChaxiError): void;
}

/** Requests and news between nodes, and requests from the command line to a node, over the store. */
export class Bus {
  readonly #ownId: string;
  readonly #store: ClusterStore;
  readonly #logger: Logger;
  readonly #handlers = new Map<string, BusHandler>();
  readonly #waiting = new Map<string, Waiting>();
  #stopListening: Unsubscribe = async () => {};

  static async open(options: { ownId: string; store: ClusterStore; logger: Logger }): Promise<Bus> {
    const bus = new Bus(options);
    bus.#stopListening = await options.store.listen(options.ownId, (message) => bus.#receive(message));
    return bus;
  }

  private constructor({ ownId, store, logger }: Parameters<typeof Bus.open>[0]) {
    this.#ownId = ownId;
    this.#store = store;
    this.#logger = logger;
  }

  handle(method: string, handler: BusHandler): void {
    this.#handlers.set(method, handler);
  }

  /** @throws nodeUnavailable where nobody of this id answers, clusterUnavailable, and what its handler threw */
  async request(nodeId: string, method: string, data: unknown): Promise<unknown> {
    const id = randomUUID();
    const answer = Promise.withResolvers<unknown>();
    // It may be refused while the request is still on its way, when nobody listens to it yet.
    answer.promise.catch(() => {});
    const timer = setTimeout(() => answer.reject(new ChaxiError('nodeUnavailable')), ANSWER_TIMEOUT_MS);
    this.#waiting.set(id, answer);
    try {
      const heard = await this.#store.send(nodeId, { type: 'request', id, from: this.#ownId, method, data });
      if (heard === 0) throw new ChaxiError('nodeUnavailable');
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Tells a node something, in the order of telling. What is lost on the way is lost without a word. */
  tell(nodeId: string, method: string, data: unknown): void {
    this.#store.send(nodeId, { type: 'tell', from: this.#ownId, method, data }).catch(() => {});
  }

  /** Who still waits for an answer is told that there will be none. */
  async close(): Promise<void> {
    for (const { reject } of this.#waiting.values()) reject(new ChaxiError('clusterUnavailable'));
    await this.#stopListening().catch(() => {});
  }

  #receive(raw: unknown): void {
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success) {
      this.#logger.warn('a message of another version is passed over');
      return;
    }
    const message = parsed.data;
    if (message.type === 'tell') {
      void this.#run(message).catch(() => {});
      return;
    }
    if (message.type === 'request') {
      void this.#answer(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (message.error === undefined) waiting?.resolve(message.data);
    else waiting?.reject(ChaxiError.fromBody(message.error));
  }

  async #answer({ id, ...request }: Asked & { id: string }): Promise<void> {
    const answer = await this.#run(request).then(
      (data) => ({ data }),
      (error: ChaxiError) => ({ error: error.toBody() }),
    );
    // An asker that is gone, or a store that is away, needs no answer.
    await this.#store.send(request.from, { type: 'answer', id, ...answer }).catch(() => {});
  }

  /** @throws ChaxiError and nothing else */
  async #run({ from, method, data }: Asked): Promise<unknown> {
    try {
      const handler = this.#handlers.get(method);
      if (!handler) throw new ChaxiError('unknownMethod', { path: 'method' });
      return await handler(data, from);
    } catch (error) {
      const known = error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error });
      if (known.code === 'internal') this.#logger.error('a request of another node failed', { method, error });
      throw known;
    }
  }
}
