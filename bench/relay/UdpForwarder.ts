import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import { once } from 'node:events';
import type { Route } from './Endpoint.ts';
import { FirstPackets } from './FirstPackets.ts';
import type { Lane } from './Link.ts';
import type { Path } from './Path.ts';

/** IPv4 and UDP headers, which a real link carries too. */
const HEADER_BYTES = 28;
/** As far as the system lets it be (net.core.rmem_max). */
const SOCKET_BUFFER_BYTES = 4_000_000;
const IDLE_TIMEOUT_MS = 60_000;
const SWEEP_INTERVAL_MS = 10_000;

/** Addresses are literal: without this, each datagram would ask the resolver. */
const lookup: SocketOptions['lookup'] = (host, _options, callback) => callback(null, host, 4);

interface Flow {
  socket: Socket;
  up: Lane;
  down: Lane;
  usedAtMs: number;
  abandoned: boolean;
}

/** Forwards datagrams. Each client address gets a socket of its own towards the target, so that answers find back. */
export class UdpForwarder {
  readonly firstPackets = new FirstPackets();
  readonly #route: Route;
  readonly #path: Path;
  readonly #socket: Socket;
  readonly #flows = new Map<string, Flow>();

  static async open(route: Route, path: Path): Promise<UdpForwarder> {
    const socket = createSocket({ type: 'udp4', lookup, recvBufferSize: SOCKET_BUFFER_BYTES });
    // Listened for first: without the resolver it is bound within the call.
    const listening = once(socket, 'listening');
    socket.bind(route.listen.port, route.listen.host);
    await listening;
    return new UdpForwarder(route, path, socket);
  }

  private constructor(route: Route, path: Path, socket: Socket) {
    this.#route = route;
    this.#path = path;
    this.#socket = socket;
    socket.on('message', (datagram, { address, port }) => this.#handleFromClient(datagram, address, port));
    socket.on('error', () => undefined);
    setInterval(() => this.#closeIdle(), SWEEP_INTERVAL_MS);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get flows(): number {
    return this.#flows.size;
  }

  /** What clients send from the addresses that they have had until now is dropped, and so is what is sent to them. */
  abandon(): void {
    for (const flow of this.#flows.values()) flow.abandoned = true;
  }

  #handleFromClient(datagram: Buffer, address: string, port: number): void {
    const key = `${address}:${port}`;
    const flow = this.#flows.get(key) ?? this.#openFlow(key, address, port);
    flow.usedAtMs = performance.now();
    const { target } = this.#route;
    this.#pass(flow, 'up', datagram, () => flow.socket.send(datagram, target.port, target.host));
  }

  #openFlow(key: string, address: string, port: number): Flow {
    const socket = createSocket({ type: 'udp4', lookup, recvBufferSize: SOCKET_BUFFER_BYTES });
    const flow: Flow = { socket, up: { lastAtMs: 0 }, down: { lastAtMs: 0 }, usedAtMs: 0, abandoned: false };
    this.#flows.set(key, flow);
    socket.on('message', (datagram) => {
      flow.usedAtMs = performance.now();
      this.#pass(flow, 'down', datagram, () => {
        this.firstPackets.note(datagram);
        this.#socket.send(datagram, port, address);
      });
    });
    socket.on('error', () => undefined);
    return flow;
  }

  #pass(flow: Flow, direction: 'up' | 'down', datagram: Buffer, deliver: () => void): void {
    if (flow.abandoned) return;
    const atMs = this.#path[direction].admit(datagram.length + HEADER_BYTES, performance.now(), flow[direction]);
    if (atMs === null) return;
    this.#path.line.push(atMs, () => {
      if (flow.abandoned) return;
      try {
        deliver();
      } catch {
        // The socket was closed while the datagram was on its way.
      }
    });
  }

  #closeIdle(): void {
    const before = performance.now() - IDLE_TIMEOUT_MS;
    for (const [key, { socket, usedAtMs }] of this.#flows) {
      if (usedAtMs > before) continue;
      this.#flows.delete(key);
      socket.close();
    }
  }
}
