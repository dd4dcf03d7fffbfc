import { expect } from 'chai';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { ClientPool } from '../../../../bench/clients/ClientPool.ts';
import type { StormJoin } from '../../../../bench/clients/stormJoin.ts';
import { createCertificate, type Certificate } from '../../../../bench/lib/certificate.ts';

/** Of a room in which someone publishes, on a transport that leads nowhere. */
const SNAPSHOT = {
  participants: [],
  media: {
    recv: {
      id: 'recv',
      iceParameters: { usernameFragment: 'fragment', password: 'password-of-ice-which-is-long' },
      iceCandidates: [
        {
          foundation: 'udp',
          priority: 1,
          address: '127.0.0.1',
          ip: '127.0.0.1',
          protocol: 'udp',
          port: 9,
          type: 'host',
        },
      ],
      dtlsParameters: {
        role: 'server',
        fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AA').join(':') }],
      },
    },
    consumers: [
      {
        kind: 'video',
        rtpParameters: {
          codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }],
          encodings: [{ ssrc: 7 }],
        },
      },
    ],
  },
};

describe('stormJoin', () => {
  let dir: string;
  let certificate: Certificate;
  let server: WebSocketServer;
  let pool: ClientPool;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'chaxi-storm-'));
    certificate = await createCertificate(dir);
  });
  after(() => rm(dir, { recursive: true, force: true }));
  afterEach(async () => {
    await pool.close();
    for (const socket of server.clients) socket.terminate();
    server.close();
  });

  /** By a client process, as in a storm, which has started when the join is planned. */
  async function joinOnce(handle: (socket: WebSocket) => void, timeoutMs: number, leadMs = 0): Promise<StormJoin> {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'protoo' });
    server.on('connection', handle);
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    pool = new ClientPool({ url, token: () => Promise.resolve('token'), node: null, relay: null, certificate }, 1);
    await pool.sending();
    const person = { room: 'storm', identity: 'someone', role: 'guest' } as const;
    const [join] = await pool.storm([person], { intervalMs: 0, leadMs, stayMs: 0, timeoutMs });
    return join!;
  }

  const welcome = (socket: WebSocket, data: unknown) =>
    socket.send(JSON.stringify({ notification: true, method: 'welcome', data }));

  it('fails where a server never welcomes', async () => {
    const seen = await joinOnce(() => undefined, 300);
    expect(seen).to.deep.include({ answerMs: null, firstFrameMs: null });
    expect(seen.failed).to.match(/the welcome/);
  });

  it('fails where a server dies after its welcome', async () => {
    const seen = await joinOnce((socket) => {
      welcome(socket, SNAPSHOT);
      socket.terminate();
    }, 500);
    expect(seen.failed).to.match(/closed|key frame/);
    expect(seen.firstFrameMs).to.equal(null);
  });

  it('fails where nothing is to be seen, and leaves', async () => {
    const seen = await joinOnce(
      (socket) => welcome(socket, { participants: [], media: { recv: null, consumers: [] } }),
      10_000,
    );
    expect(seen.failed).to.equal('There is nothing to receive.');
  });

  it('counts from when it was to begin', async () => {
    const seen = await joinOnce((socket) => welcome(socket, SNAPSHOT), 1_500, -500);
    expect(seen.lateMs).to.be.at.least(500);
    expect(seen.answerMs).to.be.at.least(500);
    expect(seen.failed).to.match(/a key frame/);
  });
});
