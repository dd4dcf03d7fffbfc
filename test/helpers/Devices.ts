import { MessagingClient, type MessagingOptions } from './MessagingClient.ts';
import type { TestServer } from './testServer.ts';

/** The devices of a test, each connected for messages on behalf of someone. */
export class Devices {
  readonly #node: () => Pick<TestServer, 'url' | 'token'>;
  readonly #clients: MessagingClient[] = [];

  constructor(node: () => Pick<TestServer, 'url' | 'token'>) {
    this.#node = node;
  }

  /** Connected, and told from now on what happens: as every client does, it has asked for its conversations. */
  async connect(identity: string, options: MessagingOptions = {}): Promise<MessagingClient> {
    const client = await MessagingClient.connect(this.#node(), identity, options);
    this.#clients.push(client);
    await client.request('listConversations', { limit: 1 });
    return client;
  }

  /** Someone at the shop's counter. */
  counter(identity = 'shopkeeper', options: MessagingOptions = {}): Promise<MessagingClient> {
    return this.connect(identity, { role: 'host', counter: true, ...options });
  }

  clear(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }
}
