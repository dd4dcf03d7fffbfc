import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage, type SdkPageOptions } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { TurnServer } from '../helpers/TurnServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

const TURN_SECRET = 'what-coturn-and-the-node-both-know';

interface Path {
  localType: string;
  remoteProtocol: string;
  relayProtocol?: string;
}

/** Remembers every RTCPeerConnection of the page, so that a test can ask which path media takes. */
const rememberConnections = () => {
  const connections: RTCPeerConnection[] = [];
  Object.assign(window, { connections });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
};

/** Candidates for UDP get a port where nobody answers: what is sent there is lost, as behind a firewall. */
const sendUdpTo = (port: number) => {
  const set = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    const sdp = description.sdp?.replace(/^(a=candidate:\S+ \d+ udp \d+ \S+) \d+/gim, `$1 ${port}`);
    return Reflect.apply(set, this, [{ ...description, sdp }]) as Promise<void>;
  };
};

const pathsOf = ({ page }: SdkPage): Promise<Path[]> =>
  page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const paths: { localType: string; remoteProtocol: string; relayProtocol?: string }[] = [];
    for (const connection of connections) {
      const stats = [...(await connection.getStats()).values()] as Record<string, unknown>[];
      const find = (id: unknown) => stats.find((entry) => entry.id === id);
      const pair = find(stats.find((entry) => entry.type === 'transport')?.selectedCandidatePairId);
      const [local, remote] = [find(pair?.localCandidateId), find(pair?.remoteCandidateId)];
      if (!local || !remote) continue;
      const relayProtocol = local.relayProtocol as string | undefined;
      paths.push({ localType: String(local.candidateType), remoteProtocol: String(remote.protocol), relayProtocol });
    }
    return paths;
  });

describe('networks that let little through', function () {
  this.timeout(90_000);
  let turn: TurnServer;
  let node: TestServer;
  let chromium: Chromium;
  let blackHole: Socket;
  const pages: SdkPage[] = [];
  const open = async (identity: string, options: SdkPageOptions) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.open(chromium.browser, node.url, await node.token({ identity, role }), {
      ...options,
      prepare: async (tab) => {
        await tab.evaluateOnNewDocument(rememberConnections);
        await options.prepare?.(tab);
      },
    });
    pages.push(page);
    return page;
  };
  const joinBoth = async (options: SdkPageOptions) => {
    const [host, guest] = [await open('host', options), await open('guest', options)];
    for (const page of [host, guest]) {
      await page.page.evaluate(() => window.room.join());
      await page.publish('camera');
    }
    await Promise.all([host.waitForMovingVideo('guest', 'camera'), guest.waitForMovingVideo('host', 'camera')]);
    return { host, guest };
  };

  before(async () => {
    turn = await TurnServer.start(TURN_SECRET);
    const urls = [`${turn.url}?transport=udp`, `${turn.url}?transport=tcp`];
    node = await startTestServer({
      media: { listenIps: ['127.0.0.1'], turn: { urls, secret: TURN_SECRET, ttlSeconds: 600 } },
    });
    chromium = await launchChromium();
    blackHole = createSocket('udp4').bind(0, '127.0.0.1');
    await once(blackHole, 'listening');
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    blackHole?.close();
    await chromium?.close();
    await node?.close();
    await turn?.close();
  });

  it('are crossed over a TURN server with the name and password of the join answer', async () => {
    const { host, guest } = await joinBoth({ roomOptions: { iceTransportPolicy: 'relay' } });
    for (const page of [host, guest]) {
      const paths = await pathsOf(page);
      expect(paths.map(({ localType }) => localType)).to.deep.equal(['relay', 'relay']);
    }
  });

  it('are crossed over ICE-TCP where no UDP comes through', async () => {
    let swallowed = 0;
    blackHole.on('message', () => (swallowed += 1));
    const { port } = blackHole.address();
    const { host, guest } = await joinBoth({
      prepare: (tab) => tab.evaluateOnNewDocument(sendUdpTo, port),
    });
    for (const page of [host, guest]) {
      const paths = await pathsOf(page);
      expect(paths.map(({ remoteProtocol }) => remoteProtocol)).to.deep.equal(['tcp', 'tcp']);
    }
    expect(swallowed, 'packets that were lost').to.be.above(0);
  });

  it('are not crossed over a TURN server with a password of somebody else’s making', async () => {
    const wrongKey = () => {
      const refusals: number[] = [];
      Object.assign(window, { refusals });
      const Original = window.RTCPeerConnection;
      window.RTCPeerConnection = class extends Original {
        constructor(configuration: RTCConfiguration = {}) {
          const iceServers = configuration.iceServers?.map((server) => ({ ...server, credential: 'guessed' }));
          super({ ...configuration, iceServers });
          this.addEventListener('icecandidateerror', ({ errorCode }) => refusals.push(errorCode));
        }
      };
    };
    const host = await open('host', {
      roomOptions: { iceTransportPolicy: 'relay' },
      prepare: (tab) => tab.evaluateOnNewDocument(wrongKey),
    });
    await host.page.evaluate(() => void window.room.join().catch(() => {}));
    const refusals = () => host.page.evaluate(() => (window as unknown as { refusals: number[] }).refusals);
    // RFC 8656 section 7.2: unauthorized.
    await waitFor('the refusal of TURN', async () => (await refusals()).includes(401));
    expect(await pathsOf(host)).to.deep.equal([]);
  });
});
