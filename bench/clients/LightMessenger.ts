import { io, type Socket } from 'socket.io-client';
import { ReadMarks } from '../../client-sdk/src/messaging/conversation/ReadMarks.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type {
  RealtimeEventData,
  RealtimeMethod,
  RealtimeRequestInput,
  RealtimeResponse,
} from '../../protocol/realtime.ts';
import { REALTIME_PATH } from '../../protocol/constants.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';

const OPEN_TIMEOUT_MS = 30_000;

export interface LightMessengerOptions {
  url: string;
  token: string;
  /** Tells how far it has received, when and as often as the SDK does. */
  receipts: boolean;
}

export interface LightMessengerEvents {
  messages?: (data: RealtimeEventData<'messages'>) => void;
}

/** A device that sends and receives messages, without an outbox and without a memory: next to nothing of what it costs is its own. */
export class LightMessenger {
  readonly #socket: Socket;
  readonly #marks = new Map<string, ReadMarks>();

  /** @throws ChaxiError what it is refused with; Error where there is no answer in time */
  static async open(options: LightMessengerOptions, events: LightMessengerEvents = {}): Promise<LightMessenger> {
    const { url, token, receipts } = options;
    const socket = io(url, {
      path: REALTIME_PATH,
      auth: { v: PROTOCOL_VERSION, token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      rejectUnauthorized: false,
      timeout: OPEN_TIMEOUT_MS,
    });
    const messenger = new LightMessenger(socket);
    socket.on('messages', (data: RealtimeEventData<'messages'>) => {
      events.messages?.(data);
      if (receipts) messenger.#mark(data);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error: Error & { data?: unknown }) =>
        reject(error.data ? ChaxiError.fromBody(error.data) : error),
      );
    });
    return messenger;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** @throws ChaxiError what the server refuses; Error where it does not answer in time */
  async request<M extends RealtimeMethod>(
    method: M,
    data: RealtimeRequestInput<M>,
    timeoutMs = OPEN_TIMEOUT_MS,
  ): Promise<RealtimeResponse<M>> {
    const answer = (await this.#socket.timeout(timeoutMs).emitWithAck(method, data)) as {
      data?: unknown;
      error?: unknown;
    };
    if (answer.data === undefined) throw ChaxiError.fromBody(answer.error);
    return answer.data as RealtimeResponse<M>;
  }

  close(): void {
    for (const marks of this.#marks.values()) marks.close();
    this.#socket.disconnect();
  }

  #mark({ conversationId, messages }: RealtimeEventData<'messages'>): void {
    const last = messages.at(-1);
    if (!last) return;
    let marks = this.#marks.get(conversationId);
    if (!marks) {
      marks = new ReadMarks({
        conversationId,
        request: (method, data) => this.request(method, data),
        live: () => this.isConnected,
        failed: () => undefined,
      });
      this.#marks.set(conversationId, marks);
    }
    marks.delivered(last.seq);
  }
}
