import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, type Socket } from 'socket.io';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { REALTIME_PATH } from '../../protocol/constants.ts';
import { isOriginAllowed } from '../auth/originPolicy.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/Metrics.ts';
import { reportError } from '../base/reportError.ts';
import type { Delivery } from '../messaging/Fanout.ts';
import type { Messenger } from '../messaging/Messenger.ts';
import type { CounterDesk } from '../rooms/counter/CounterDesk.ts';
import type { InviteDesk } from '../rooms/invites/InviteDesk.ts';
import { readHandshake, type Caller } from './readHandshake.ts';
import { RealtimeConnection } from './RealtimeConnection.ts';
import { roomsChannel } from './roomHandlers.ts';

/** Until a socket has said who it is. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** How long a client may take to hear that the server stops. */
const GOODBYE_TIMEOUT_MS = 1_000;

export interface RealtimeServerOptions {
  config: Config;
  messenger: Messenger;
  rooms: CounterDesk;
  invites: Pick<InviteDesk, 'assertMayWrite'>;
  /** Of the other nodes: where else a client may ask, and whose pages may use this one. */
  nodes: { readonly otherUrls: string[]; readonly nodeUrls: string[] };
  logger: Logger;
  metrics: Metrics;
}

/** The way of messages: socket.io at REALTIME_PATH of the server's own port. */
export class RealtimeServer {
  readonly #options: RealtimeServerOptions;
  readonly #io: Server;
  readonly #connections = new Set<RealtimeConnection>();
  #draining = false;

  constructor(options: RealtimeServerOptions) {
    this.#options = options;
    const { pingIntervalMs } = options.config.signaling;
    this.#io = new Server({
      path: REALTIME_PATH,
      serveClient: false,
      // Origins are looked at in the handshake, so that a page of a foreign one is told why; nothing here goes by cookies.
      cors: { origin: true },
      maxHttpBufferSize: limits.realtimeBytes,
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      pingInterval: pingIntervalMs,
      pingTimeout: pingIntervalMs,
      // Signaling has upgrades of its own on the same port.
      destroyUpgrade: false,
    });
    this.#io.use((socket, next) => {
      this.#authenticate(socket).then(
        () => next(),
        (error: unknown) => next(this.#refuse(error)),
      );
    });
    this.#io.on('connection', (socket) => this.#accept(socket));
  }

  /** How many sockets there are. */
  get size(): number {
    return this.#connections.size;
  }

  attach(http: HttpServer): void {
    this.#io.attach(http);
  }

  /** Whether an upgrade is one of these. */
  static takes(url: string | undefined): boolean {
    return url?.startsWith(`${REALTIME_PATH}/`) ?? false;
  }

  /** Hands an event to the sockets of this node. */
  deliver({ to, except, event, data }: Delivery): void {
    // To no channel would mean to everyone.
    if (to.length === 0) return;
    if (event === 'messages') this.#countDeliveries(to);
    this.#io.to(to).except(except).emit(event, data);
  }

  /** Tells those sockets of this node who asked for a shop's rooms that something of these changed. */
  tellRoomsChanged(tenant: string): void {
    this.deliver({ to: [roomsChannel(tenant)], except: [], event: 'roomsChanged', data: {} });
  }

  /** Sends everyone elsewhere, and takes nobody new. */
  drain(): void {
    this.#draining = true;
    for (const connection of this.#connections) connection.close(new ChaxiError('serverDraining'));
  }

  /** Closes every socket, those too who have not said who they are; one that does not take its goodbye in time is cut. */
  async close(): Promise<void> {
    this.drain();
    const closed = [...this.#connections].map((connection) => connection.closed);
    await Promise.race([Promise.all(closed), sleep(GOODBYE_TIMEOUT_MS, undefined, { ref: false })]);
    this.#io.engine.close();
  }

  async #authenticate(socket: Socket): Promise<void> {
    const { config, messenger, invites, nodes } = this.#options;
    if (this.#draining) throw new ChaxiError('serverDraining');
    const { publicUrl } = config.http;
    const { origin, host } = socket.handshake.headers;
    const corsOrigins = [...config.http.corsOrigins, ...nodes.nodeUrls];
    if (!isOriginAllowed({ origin, host, publicUrl, corsOrigins })) throw new ChaxiError('originNotAllowed');
    const { caller, claims } = await readHandshake(socket.handshake.auth, config.auth.apiKeys);
    await invites.assertMayWrite(claims);
    if (messenger.people.socketsOf(caller.person) >= limits.socketsPerPerson) throw new ChaxiError('limitReached');
    socket.data = caller;
  }

  #accept(socket: Socket): void {
    const { messenger, rooms, metrics, logger, nodes } = this.#options;
    const caller = socket.data as Caller;
    const connection = new RealtimeConnection({
      socket,
      caller,
      messenger,
      rooms,
      metrics,
      logger: logger.child({ socketId: socket.id }),
    });
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
    // It may have begun while the token was looked at.
    if (this.#draining) return connection.close(new ChaxiError('serverDraining'));
    const urls = nodes.otherUrls;
    if (urls.length > 0) connection.emit('otherNodes', { urls });
  }

  /** The form in which socket.io hands an error of the handshake to the client. */
  #refuse(error: unknown): Error {
    const known = reportError(error, 'handshake', this.#options);
    return Object.assign(new Error(known.message), { data: known.toBody() });
  }

  #countDeliveries(to: readonly string[]): void {
    const { rooms } = this.#io.sockets.adapter;
    const sockets = to.reduce((sum, channel) => sum + (rooms.get(channel)?.size ?? 0), 0);
    this.#options.metrics.countDeliveries(sockets);
  }
}
