import type { AccessTokenOptions } from '../../server/auth/accessToken.ts';
import type { Snapshot } from '../../protocol/signaling.ts';
import { SignalingClient, type ConnectOptions } from './SignalingClient.ts';
import type { TestServer } from './testServer.ts';

/** How to connect, and what stands in the token: a guest of the room `tea` where nothing else is said. */
export type VisitOptions = ConnectOptions & Partial<Omit<AccessTokenOptions, 'identity'>>;

export interface Visitor {
  client: SignalingClient;
  snapshot: Snapshot;
  participantId: string;
}

/** The people of a test, each with a token of their own. */
export class Visitors {
  readonly #node: () => TestServer;
  readonly #clients: SignalingClient[] = [];

  constructor(node: () => TestServer) {
    this.#node = node;
  }

  /** Opens a socket; does not wait for the welcome. */
  async open(identity: string, options: VisitOptions = {}): Promise<SignalingClient> {
    const { hello, rawHello, version, path, headers, socket, onPing, ...claims } = options;
    const token = await this.#node().token({ identity, ...claims });
    const connect = { hello, rawHello, version, path, headers, socket, onPing };
    const client = await SignalingClient.open(this.#node().url, token, connect);
    this.#clients.push(client);
    return client;
  }

  /** Opens a socket and waits for its welcome. */
  async join(identity: string, options: VisitOptions = {}): Promise<Visitor> {
    const client = await this.open(identity, options);
    const snapshot = await client.notification('welcome');
    return { client, snapshot, participantId: snapshot.self.participantId };
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
}
