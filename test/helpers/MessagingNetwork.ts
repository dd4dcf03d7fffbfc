import { openSocketIo } from '../../client-sdk/src/messaging/connection/openSocketIo.ts';
import type { OpenSocket } from '../../client-sdk/src/messaging/connection/RealtimeSocket.ts';
import { TcpProxy } from './TcpProxy.ts';
import type { TestServer } from './testServer.ts';

/** As many as stand for one in the tests. */
const MOST_NODES = 3;

/** Stands between messengers and the nodes of a test, whichever they go to, so that it can cut what passes and take the network away. */
export class MessagingNetwork {
  readonly #proxies: ReadonlyMap<string, TcpProxy>;

  static async start(node: TestServer): Promise<MessagingNetwork> {
    const urls = new Set(Array.from({ length: MOST_NODES }, () => node.url));
    const proxies = await Promise.all([...urls].map(async (url) => [url, await TcpProxy.start(url)] as const));
    return new MessagingNetwork(new Map(proxies));
  }

  private constructor(proxies: ReadonlyMap<string, TcpProxy>) {
    this.#proxies = proxies;
  }

  /** For ChaxiMessenger. */
  readonly openSocket: OpenSocket = ({ serverUrl, token }, handler) => {
    const proxy = this.#proxies.get(new URL(serverUrl).origin);
    if (!proxy) throw new Error(`There is no node at ${serverUrl}.`);
    return openSocketIo({ serverUrl: proxy.url, token }, handler);
  };

  /** Every connection is lost. New ones can be made. */
  cut(): void {
    for (const proxy of this.#proxies.values()) proxy.cut();
  }

  /** There is no network until it is mended. */
  break(): void {
    for (const proxy of this.#proxies.values()) proxy.refusing = true;
    this.cut();
  }

  mend(): void {
    for (const proxy of this.#proxies.values()) proxy.refusing = false;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.close()));
  }
}
