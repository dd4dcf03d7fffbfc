import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Crossed, CrossRequest } from '../../server/media/pipes/pipeMessages.ts';
import type { PipeRequest } from './PipeNode.ts';

const HOST = '127.0.0.1';

/** Stands between the two ends of a pipe: each takes it for the other one. It sees all packets, and loses some on the way to the entry. */
export class PipeRelay {
  /** Packets to the entry, those that got lost too. */
  readonly seen: Buffer[] = [];
  lost = 0;
  readonly #lossEvery: number;
  /** What the entry takes for the origin, and the origin for the entry. */
  readonly #asOrigin: Socket;
  readonly #asEntry: Socket;
  #entryPort = 0;
  #originPort = 0;

  /** @param lossEvery of so many packets one is lost */
  static async open(lossEvery: number): Promise<PipeRelay> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) {
      socket.bind(0, HOST);
      await once(socket, 'listening');
    }
    return new PipeRelay(lossEvery, ...sockets);
  }

  private constructor(lossEvery: number, asOrigin: Socket, asEntry: Socket) {
    this.#lossEvery = lossEvery;
    this.#asOrigin = asOrigin;
    this.#asEntry = asEntry;
    asEntry.on('message', (packet) => {
      this.seen.push(packet);
      if (this.seen.length % this.#lossEvery === 0) this.lost += 1;
      else asOrigin.send(packet, this.#entryPort, HOST);
    });
    asOrigin.on('message', (packet) => asEntry.send(packet, this.#originPort, HOST));
  }

  /** A request with the address of the entry in it, and its answer with that of the origin. */
  async between(request: PipeRequest, pass: () => Promise<unknown>): Promise<unknown> {
    const { entry } = request as Partial<CrossRequest>;
    if (!entry) throw new Error('only the first request makes a pipe');
    this.#entryPort = entry.port;
    request.entry = { ...entry, port: this.#asEntry.address().port };
    const crossed = (await pass()) as Crossed;
    this.#originPort = crossed.origin.port;
    return { ...crossed, origin: { ...crossed.origin, port: this.#asOrigin.address().port } };
  }

  /** A packet that the entry takes for one of the origin, as far as addresses go. */
  forge(packet: Buffer): void {
    this.#asOrigin.send(packet, this.#entryPort, HOST);
  }

  close(): void {
    this.#asOrigin.close();
    this.#asEntry.close();
  }
}
