import type { ProtooPeer, ProtooRequest } from 'protoo-server';
import { ChaxiError, type ErrorBody } from '../../protocol/ChaxiError.ts';
import {
  clientNotifications,
  requests,
  type ClientNotification,
  type RequestMethod,
  type ServerNotification,
  type ServerNotificationData,
} from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/Metrics.ts';
import { reportError } from '../base/reportError.ts';
import { SessionRates } from '../base/SessionRates.ts';
import type { Connection } from '../rooms/Participant.ts';
import { parseInput } from '../base/parseInput.ts';
import { notificationHandlers, type NotificationContext } from './notificationHandlers.ts';
import { requestHandlers, type RequestContext } from './requestHandlers.ts';
import type { WebSocketTransport } from './WebSocketTransport.ts';

type NotificationHandler = (context: NotificationContext, data: unknown) => void | Promise<void>;

export interface SignalingConnectionOptions {
  peer: ProtooPeer;
  transport: Pick<WebSocketTransport, 'rttMs' | 'measureRtt'>;
  logger: Logger;
  metrics: Metrics;
}

/** One socket: parses, limits and answers requests on behalf of the participant it is bound to. */
export class SignalingConnection implements Connection {
  readonly #peer: ProtooPeer;
  readonly #transport: SignalingConnectionOptions['transport'];
  readonly #metrics: Metrics;
  readonly #rates = new SessionRates((error) => this.close(error.toBody()));
  #logger: Logger;
  #context: RequestContext | undefined;

  constructor({ peer, transport, logger, metrics }: SignalingConnectionOptions) {
    this.#peer = peer;
    this.#transport = transport;
    this.#logger = logger;
    this.#metrics = metrics;
    this.#peer.on('request', (request, accept, reject) => void this.#handleRequest(request, accept, reject));
    this.#peer.on('notification', ({ method, data }) => void this.#handleNotification(method, data));
    this.#peer.on('close', () => {
      const { room, participant } = this.#context ?? {};
      if (participant) room?.connectionLost(participant, this);
    });
  }

  get closed(): boolean {
    return this.#peer.closed;
  }

  get rttMs(): number | undefined {
    return this.#transport.rttMs;
  }

  measureRtt(): void {
    this.#transport.measureRtt();
  }

  /** From now on requests act for this participant. */
  bind(context: RequestContext, logger: Logger): void {
    this.#context = context;
    this.#logger = logger;
    // The socket may have gone while the session was made.
    if (this.closed) context.room.connectionLost(context.participant, this);
  }

  notify<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    this.#peer.notify(name, data).catch(() => {});
  }

  close(error: ErrorBody | null): void {
    if (error) this.notify('closed', { error });
    this.#peer.close();
  }

  /** Sends the client to another node. */
  move(url: string): void {
    this.notify('moved', { url });
    this.#peer.close();
  }

  /** A message that is none gets no answer, since there is nothing that it would be the answer to. */
  handleMalformed(): void {
    this.#metrics.countError('badRequest');
    this.#rates.takeExcess();
  }

  /** Counts and logs an error, and gives what of it the client may see. */
  report(error: unknown, method: string): ChaxiError {
    return reportError(error, method, { metrics: this.#metrics, logger: this.#logger });
  }

  async #handleRequest(
    request: ProtooRequest,
    accept: (data: object) => void,
    reject: (status: number, reason: string) => void,
  ): Promise<void> {
    const { method, data } = request;
    try {
      this.#rates.take();
      if (!isRequestMethod(method)) throw new ChaxiError('unknownMethod', { path: 'method' });
      accept(await this.#answer(method, data));
    } catch (error) {
      const known = this.report(error, method.slice(0, 64));
      reject(known.status, JSON.stringify(known.toBody()));
    }
  }

  async #answer(method: RequestMethod, data: unknown): Promise<object> {
    const input = parseInput(requests[method].request, data ?? {});
    if (!this.#context || this.#context.participant.closed) throw new ChaxiError('wrongStage');
    this.#logger.debug('request', { method });
    const handler = requestHandlers[method] as (context: RequestContext, data: unknown) => object | Promise<object>;
    return handler(this.#context, input);
  }

  async #handleNotification(method: string, data: unknown): Promise<void> {
    try {
      this.#rates.take();
      if (!isNotification(method)) throw new ChaxiError('unknownMethod', { path: 'method' });
      const input = parseInput(clientNotifications[method].data, data);
      if (!this.#context || this.#context.participant.closed) throw new ChaxiError('wrongStage');
      const handler = notificationHandlers[method] as NotificationHandler;
      await handler({ ...this.#context, metrics: this.#metrics }, input);
    } catch (error) {
      this.report(error, method.slice(0, 64));
    }
  }
}

function isRequestMethod(method: string): method is RequestMethod {
  return Object.hasOwn(requests, method);
}

function isNotification(method: string): method is ClientNotification {
  return Object.hasOwn(clientNotifications, method);
}
