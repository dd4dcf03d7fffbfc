import { io, type Socket } from 'socket.io-client';
import { ChaxiError, type ErrorBody } from '../../protocol/ChaxiError.ts';
import type { Message, OutgoingContent } from '../../protocol/messages.ts';
import {
  REALTIME_PATH,
  type OpenedConversation,
  type RealtimeEvent,
  type RealtimeEventData,
  type RealtimeMethod,
  type RealtimeRequestInput,
  type RealtimeResponse,
} from '../../protocol/realtime.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { AccessTokenOptions } from '../../server/auth/accessToken.ts';
import type { TestServer } from './testServer.ts';
import { waitFor } from './waitFor.ts';

const ANSWER_TIMEOUT_MS = 10_000;

export interface MessagingOptions extends Partial<AccessTokenOptions> {
  /** Instead of a token that is made. */
  rawToken?: string;
  version?: unknown;
  transport?: 'websocket' | 'polling';
  headers?: Record<string, string>;
}

/** A device of someone that speaks the protocol of messages by hand, without the SDK. */
export class MessagingClient {
  readonly events: { name: string; data: unknown }[] = [];
  readonly #socket: Socket;
  #sent = 0;
  readonly #device = `device-${Math.random().toString(36).slice(2, 12)}`;

  /** @throws ChaxiError of the handshake */
  static async connect(
    node: Pick<TestServer, 'url' | 'token'>,
    identity: string,
    options: MessagingOptions = {},
  ): Promise<MessagingClient> {
    const { rawToken, version = PROTOCOL_VERSION, transport = 'websocket', headers, ...claims } = options;
    const token = rawToken ?? (await node.token({ identity, room: undefined, ...claims }));
    const socket = io(node.url, {
      path: REALTIME_PATH,
      auth: { v: version, token },
      transports: [transport],
      extraHeaders: headers,
      forceNew: true,
      reconnection: false,
    });
    const client = new MessagingClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', (error: Error & { data?: unknown }) => reject(ChaxiError.fromBody(error.data)));
    });
    return client;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.onAny((name: string, data: unknown) => this.events.push({ name, data }));
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** @throws ChaxiError that the server answers */
  async request<M extends RealtimeMethod>(method: M, data: RealtimeRequestInput<M>): Promise<RealtimeResponse<M>> {
    const answer = await this.raw(method, data);
    if (answer.error) throw ChaxiError.fromBody(answer.error);
    return answer.data as RealtimeResponse<M>;
  }

  /** Whatever it is. */
  async raw(method: string, data: unknown): Promise<{ data?: unknown; error?: ErrorBody }> {
    const socket = this.#socket.timeout(ANSWER_TIMEOUT_MS);
    return (await socket.emitWithAck(method, data)) as { data?: unknown; error?: ErrorBody };
  }

  /** Code of the error that a request is refused with. */
  async refusalOf<M extends RealtimeMethod>(method: M, data: RealtimeRequestInput<M>): Promise<string> {
    return (await this.raw(method, data)).error?.code ?? 'no error';
  }

  notify(name: string, data: unknown): void {
    this.#socket.emit(name, data);
  }

  /** A message as this device numbers it. */
  draft(content: OutgoingContent | string): { clientId: string; content: OutgoingContent } {
    this.#sent += 1;
    return {
      clientId: `${this.#device}:${this.#sent}`,
      content: typeof content === 'string' ? { type: 'text', text: content } : content,
    };
  }

  async say(conversationId: string, ...texts: string[]): Promise<Message[]> {
    const messages = texts.map((text) => this.draft(text));
    return (await this.request('send', { conversationId, messages })).messages;
  }

  openShop(): Promise<OpenedConversation> {
    return this.request('openShop', {});
  }

  received<E extends RealtimeEvent>(name: E): RealtimeEventData<E>[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data as RealtimeEventData<E>);
  }

  /** The first event of this kind that fits, come or to come. */
  event<E extends RealtimeEvent>(
    name: E,
    fits: (data: RealtimeEventData<E>) => boolean = () => true,
  ): Promise<RealtimeEventData<E>> {
    return waitFor(`${name} to come`, () => this.received(name).find(fits));
  }

  /** Texts of a conversation's messages as they came by events, by their places. */
  texts(conversationId: string): string[] {
    const latest = new Map<number, Message>();
    for (const { messages } of this.received('messages')) {
      for (const message of messages) if (message.conversationId === conversationId) latest.set(message.seq, message);
    }
    return [...latest.values()].map(({ content }) => (content?.type === 'text' ? content.text : ''));
  }

  /** The connection breaks without a word. */
  cut(): void {
    this.#socket.io.engine.close();
  }

  close(): void {
    this.#socket.disconnect();
  }
}
