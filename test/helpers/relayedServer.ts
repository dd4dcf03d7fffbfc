import { freePorts } from '../../bench/lib/freePorts.ts';
import { Relay } from '../../bench/relay/Relay.ts';
import { startTestServer, type TestServer } from './testServer.ts';

const SERVER_SIDE = '127.0.0.1';
/** What clients are told and reach; everything of theirs passes the relay. */
const CLIENT_SIDE = '127.0.0.2';

export interface RelayedServer {
  node: TestServer;
  relay: Relay;
  /** The address that clients use. */
  url: string;
  close(): Promise<void>;
}

/** A node of one worker behind a relay, for signaling and media alike. */
export async function startRelayedServer(): Promise<RelayedServer> {
  const httpPort = await freePorts(2, [SERVER_SIDE, CLIENT_SIDE]);
  const mediaPort = httpPort + 1;
  const route = (port: number) => ({ listen: { host: CLIENT_SIDE, port }, target: { host: SERVER_SIDE, port } });
  const relay = await Relay.open({ udp: [route(mediaPort)], tcp: [route(httpPort), route(mediaPort)], seed: 1 });
  try {
    const node = await startTestServer({
      http: { port: httpPort },
      media: { workers: 1, basePort: mediaPort, announcedAddress: CLIENT_SIDE },
    });
    return {
      node,
      relay,
      url: `http://${CLIENT_SIDE}:${httpPort}`,
      async close() {
        await node.close();
        await relay.close();
      },
    };
  } catch (error) {
    await relay.close();
    throw error;
  }
}
