import type { AccessTokenOptions } from '../../server/auth/accessToken.ts';
import type { Snapshot } from '../../protocol/signaling.ts';
import { SignalingClient, type ConnectOptions } from './SignalingClient.ts';
import type { TestServer } from './testServer.ts';

/** How to connect, and what stands in the token: a guest of the room `tea` where nothing else is said. */
export type VisitOptions = ConnectOptions &
  Partial<Omit<AccessTokenOptions, 'identity'>> & {
    /** Instead of a token that is made. */
    rawToken?: string;
  };

export interface Visitor {
  client: SignalingClient;
  snapshot: Snapshot;
  participantId: string;
  /** Of the node that has the session. */
  url: string;
}

/** The people of a test, each with a token of their own. */
export class Visitors {
  readonly #node: () => TestServer;
  readonly #clients: SignalingClient[] = [];
  /** Which node has a session: who takes it up asks there first, as the SDK does. */
  readonly #urls = new Map<string, string>();

  constructor(node: () => TestServer) {
    this.#node = node;
  }

  /** Opens a socket; does not wait for the welcome. */
  async open(identity: string, options: VisitOptions = {}): Promise<SignalingClient> {
    return (await this.#open(identity, options)).client;
  }

  /** Opens a socket and waits for its welcome. */
  async join(identity: string, options: VisitOptions = {}): Promise<Visitor> {
    const { client, url } = await this.#open(identity, options);
    const snapshot = await client.notification('welcome');
    this.#urls.set(snapshot.sessionId, url);
    await this.#node().settled?.();
    return { client, snapshot, participantId: snapshot.self.participantId, url };
  }

  /** Takes up the session of someone whose socket is gone, or will be by this. */
  resume(identity: string, { snapshot }: Visitor, options: VisitOptions = {}): Promise<Visitor> {
    const resume = { sessionId: snapshot.sessionId, secret: snapshot.resumeSecret };
    return this.join(identity, { ...options, hello: { ...options.hello, resume } });
  }

  /** Cuts all sockets, closes all rooms. */
  clear(): void {
    for (const client of this.#clients.splice(0)) client.cut();
    for (const room of this.#node().server.registry.rooms) room.close();
  }

  async #open(identity: string, options: VisitOptions): Promise<{ client: SignalingClient; url: string }> {
    const { hello, rawHello, version, path, headers, socket, onPing, rawToken, ...claims } = options;
    const node = this.#node();
    const token = rawToken ?? (await node.token({ identity, ...claims }));
    const url = this.#urls.get(hello?.resume?.sessionId ?? '') ?? node.url;
    const client = await SignalingClient.open(url, token, {
      hello,
      rawHello,
      version,
      path,
      headers,
      socket,
      onPing,
      settled: node.settled,
    });
    this.#clients.push(client);
    return { client, url };
  }
}
