import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A node as the others see it: an address of the relay, and the ports that it has there and on 127.0.0.1 alike. */
export interface PipeRelayEnd {
  address: string;
  ports: readonly number[];
}

const NODE_ADDRESS = '127.0.0.1';

/**
 * Stands between nodes that send media to each other (`media.pipe.announcedAddress`), and may part them. An end of a pipe takes packets
 * from the other end's announced address and port alone, so each packet leaves by the socket that stands for its sender.
 */
export class PipeRelay {
  /** By port, which no two nodes share. */
  readonly #sockets = new Map<number, Socket>();
  #parted = false;
  #passed = 0;
  #dropped = 0;

  /** Listens on all ports of all ends. @throws Error where one is taken */
  static async open(ends: readonly PipeRelayEnd[]): Promise<PipeRelay> {
    const relay = new PipeRelay();
    try {
      for (const { address, ports } of ends) {
        for (const port of ports) await relay.#listen(address, port);
      }
      return relay;
    } catch (error) {
      relay.close();
      throw error;
    }
  }

  /** Packets that went on, and those that were dropped while the nodes were parted. */
  get counts(): { passed: number; dropped: number } {
    return { passed: this.#passed, dropped: this.#dropped };
  }

  /** Nothing passes any more, in neither direction; nobody is told. */
  part(): void {
    this.#parted = true;
  }

  mend(): void {
    this.#parted = false;
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  async #listen(address: string, port: number): Promise<void> {
    const socket = createSocket('udp4');
    const bound = once(socket, 'listening');
    socket.bind(port, address);
    await bound;
    this.#sockets.set(port, socket);
    // A node that is gone is no fault of the relay.
    socket.on('error', () => undefined);
    socket.on('message', (datagram, { port: senderPort }) => {
      const sender = this.#sockets.get(senderPort);
      if (!sender || this.#parted) {
        this.#dropped++;
        return;
      }
      this.#passed++;
      sender.send(datagram, port, NODE_ADDRESS);
    });
  }
}
