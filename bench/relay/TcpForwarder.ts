import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Route } from './Endpoint.ts';
import type { Lane, Link } from './Link.ts';
import type { Path } from './Path.ts';

/** Of a segment on Ethernet. */
const SEGMENT_BYTES = 1_460;
/** IPv4 and TCP headers. */
const HEADER_BYTES = 40;
/** Linux waits this long, and a round trip, before it sends a lost segment again (TCP_RTO_MIN). */
const RETRANSMISSION_MS = 200;
/** Of the first packet of a connection, whose round trip time is not known yet (RFC 6298 section 2.1). */
const OPENING_RETRANSMISSION_MS = 1_000;

/**
 * Forwards streams. The kernel accepts a client at once, though on a real path its SYN would take a round trip: so what a
 * client sends counts as sent a round trip after it came, and the target is connected half a round trip after.
 */
export class TcpForwarder {
  readonly #route: Route;
  readonly #path: Path;
  readonly #sockets = new Set<Socket>();
  /** Of the clients' addresses: connections of an earlier one are silent for good. */
  #generation = 0;

  static async open(route: Route, path: Path): Promise<TcpForwarder> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(route.listen.port, route.listen.host);
    await once(server, 'listening');
    return new TcpForwarder(route, path, server);
  }

  private constructor(route: Route, path: Path, server: Server) {
    this.#route = route;
    this.#path = path;
    server.on('connection', (client) => this.#handleConnection(client));
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** The connections that there are carry nothing any more, and nobody tells their ends. */
  abandon(): void {
    this.#generation++;
  }

  #handleConnection(client: Socket): void {
    const { up, down, line } = this.#path;
    const generation = this.#generation;
    const isAlive = () => generation === this.#generation;
    const arrivedAtMs = up.admitOpening(performance.now(), OPENING_RETRANSMISSION_MS);
    const openAtMs = arrivedAtMs + down.settings.delayMs;
    this.#track(client);
    client.pause();
    line.push(arrivedAtMs, () => {
      if (client.destroyed || !isAlive()) return;
      const target = connect({ ...this.#route.target, allowHalfOpen: true, noDelay: true });
      this.#track(target);
      target.once('connect', () => this.#pipe(target, client, down, isAlive));
      target.once('connect', () => line.push(openAtMs, () => this.#pipe(client, target, up, isAlive)));
      for (const [socket, other] of [
        [client, target],
        [target, client],
      ] as const) {
        socket.on('close', (hadError) => hadError && isAlive() && other.destroy());
        socket.on('error', () => isAlive() && other.destroy());
      }
    });
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
  }

  #pipe(from: Socket, to: Socket, link: Link, isAlive: () => boolean): void {
    const lane: Lane = { lastAtMs: 0 };
    const { line } = this.#path;
    from.on('data', (chunk: Buffer) => {
      if (!isAlive()) return;
      const now = performance.now();
      const segments = Math.ceil(chunk.length / SEGMENT_BYTES);
      const bytes = chunk.length + segments * HEADER_BYTES;
      const recoveryMs = RETRANSMISSION_MS + this.#path.rttMs;
      const atMs = link.admitStream(segments, bytes, now, lane, recoveryMs);
      line.push(atMs, () => {
        if (isAlive() && to.writable && !to.write(chunk)) this.#pauseUntilDrained(from, to);
      });
      this.#pauseWhileFull(from, link, now);
    });
    from.on('end', () => {
      const atMs = Math.max(lane.lastAtMs, performance.now() + link.settings.delayMs);
      line.push(atMs, () => isAlive() && to.end());
    });
    from.resume();
  }

  #pauseUntilDrained(from: Socket, to: Socket): void {
    from.pause();
    to.once('drain', () => from.resume());
  }

  /** A stream is slowed by its sender's window, which the full queue closes. */
  #pauseWhileFull(from: Socket, link: Link, nowMs: number): void {
    const { rateBps, queueBytes } = link.settings;
    const excessBytes = link.backlogBytes(nowMs) - queueBytes;
    if (rateBps === null || excessBytes <= 0) return;
    from.pause();
    this.#path.line.push(nowMs + (excessBytes * 8_000) / rateBps, () => from.resume());
  }
}
