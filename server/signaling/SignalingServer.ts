import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import protoo from 'protoo-server';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { SIGNALING_PATH, type Hello } from '../../protocol/signaling.ts';
import { verifyAccessToken } from '../auth/accessToken.ts';
import { isOriginAllowed } from '../auth/originPolicy.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/Metrics.ts';
import type { InviteDesk } from '../rooms/invites/InviteDesk.ts';
import type { Participant } from '../rooms/Participant.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomDirectory } from '../rooms/RoomDirectory.ts';
import { RoomElsewhere } from '../rooms/RoomElsewhere.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { SignalingConnection } from './SignalingConnection.ts';
import { readUpgrade } from './upgrade.ts';
import { WebSocketTransport } from './WebSocketTransport.ts';

/** Below this a message is sent as it is: it fits a packet or two, and compressing would only cost time. */
const COMPRESSION_THRESHOLD_BYTES = 4_096;

/** How long a client may take to answer the closing of its socket when the server stops. */
const GOODBYE_TIMEOUT_MS = 1_000;

export interface SignalingServerOptions {
  config: Config;
  registry: RoomRegistry;
  directory: RoomDirectory;
  invites: InviteDesk;
  logger: Logger;
  metrics: Metrics;
}

/** Takes WebSocket upgrades, checks token and hello, and answers with everything the client needs in one message. */
export class SignalingServer {
  readonly #config: Config;
  readonly #registry: RoomRegistry;
  readonly #directory: RoomDirectory;
  readonly #invites: InviteDesk;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #sockets: WebSocketServer;
  /** A room in protoo's sense: every peer of the node. */
  readonly #peers = new protoo.Room();
  #closing = false;

  constructor({ config, registry, directory, invites, logger, metrics }: SignalingServerOptions) {
    this.#config = config;
    this.#registry = registry;
    this.#directory = directory;
    this.#invites = invites;
    this.#logger = logger;
    this.#metrics = metrics;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.messageBytes,
      handleProtocols: (protocols) => (protocols.has('protoo') ? 'protoo' : false),
      // A snapshot of a full room is repetitive: compressed it fits the first flight of a TCP connection (RFC 6928).
      perMessageDeflate: {
        threshold: COMPRESSION_THRESHOLD_BYTES,
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        zlibDeflateOptions: { level: 3, memLevel: 8 },
      },
    });
  }

  /** Takes an upgrade if it is for signaling. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (request.url?.split('?', 1)[0] !== SIGNALING_PATH) return false;
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => void this.#accept(webSocket, request));
    return true;
  }

  /** Closes every socket, and refuses new ones with `serverDraining`; one that does not answer in time is cut. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#peers.close();
    const closed = new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
    const cut = setTimeout(() => {
      for (const socket of this.#sockets.clients) socket.terminate();
    }, GOODBYE_TIMEOUT_MS);
    await closed;
    clearTimeout(cut);
  }

  async #accept(socket: WebSocket, request: IncomingMessage): Promise<void> {
    const transport = new WebSocketTransport({
      socket,
      pingIntervalMs: this.#config.signaling.pingIntervalMs,
      onMalformed: () => connection.handleMalformed(),
    });
    const peer = this.#peers.createPeer(randomUUID(), transport);
    const connection = new SignalingConnection({
      peer,
      transport,
      logger: this.#logger,
      metrics: this.#metrics,
    });
    let participant: Participant | undefined;
    let room: Room | undefined;
    try {
      if (this.#closing) throw new ChaxiError('serverDraining');
      this.#assertOrigin(request);
      const { token, hello, moved } = await readUpgrade(request.url ?? '');
      if (await this.#resume(connection, hello)) return;
      const { tenant, claims } = await verifyAccessToken(token, this.#config.auth.apiKeys);
      room = await this.#directory.open(tenant, claims.room, { moved, lost: hello.resume !== undefined });
      participant = room.addSession(claims, hello, connection);
      // As one of the room: an invitation that is revoked from now on sends it away.
      await this.#invites.assertGood(claims);
      this.#bind(connection, room, participant);
      if (hello.intent === 'join') await room.enter(participant);
      else if (hello.media) await room.openMedia(participant);
      room.welcome(participant, connection);
      this.#tellOtherNodes(connection);
    } catch (error) {
      if (error instanceof RoomElsewhere) return connection.move(error.url);
      const body = connection.report(error, 'upgrade').toBody();
      if (participant) room?.refuse(participant, body);
      else connection.close(body);
    }
  }

  /** Continues a session whose socket was lost; its secret stands for the token, which may have expired meanwhile. */
  async #resume(connection: SignalingConnection, { resume }: Hello): Promise<boolean> {
    const found = resume && this.#registry.findSession(resume.sessionId, resume.secret);
    if (!found) return false;
    const { room, participant } = found;
    if (!participant.isLatest(resume.attempt)) {
      connection.close(null);
      return true;
    }
    const resumed = room.resume(participant, connection);
    this.#bind(connection, room, participant);
    await resumed;
    room.welcome(participant, connection, true);
    this.#tellOtherNodes(connection);
    return true;
  }

  #tellOtherNodes(connection: SignalingConnection): void {
    const urls = this.#directory.otherUrls;
    if (urls.length > 0) connection.notify('otherNodes', { urls });
  }

  #bind(connection: SignalingConnection, room: Room, participant: Participant): void {
    const { id: participantId } = participant;
    const logger = this.#logger.child({ roomId: room.id, participantId });
    connection.bind({ room, participant, invites: this.#invites }, logger);
  }

  #assertOrigin(request: IncomingMessage): void {
    const { publicUrl } = this.#config.http;
    const corsOrigins = [...this.#config.http.corsOrigins, ...this.#directory.nodeUrls];
    const { origin, host } = request.headers;
    if (!isOriginAllowed({ origin, host, publicUrl, corsOrigins })) throw new ChaxiError('originNotAllowed');
  }
}
