import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop's own web site, of another origin than the node: one page, the same at every address. */
export class ShopServer {
  readonly #server: Server;
  html = '';

  static async start(): Promise<ShopServer> {
    const shop = new ShopServer();
    shop.#server.listen(0, '127.0.0.1');
    await once(shop.#server, 'listening');
    return shop;
  }

  private constructor() {
    this.#server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(this.html);
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
