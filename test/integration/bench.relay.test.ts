import { expect } from 'chai';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildRtp } from '../../bench/clients/rtp.ts';
import { freePorts } from '../../bench/lib/freePorts.ts';
import { Relay } from '../../bench/relay/Relay.ts';
import { waitFor } from '../helpers/waitFor.ts';

const CLIENT_SIDE = '127.0.0.2';
const SERVER_SIDE = '127.0.0.1';
const RTT_MS = 60;
/** Timers of Node may fire this much before their time. */
const TIMER_MS = 2;

async function openUdp(): Promise<UdpSocket> {
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(0, SERVER_SIDE);
  await listening;
  return socket;
}

describe('the relay', () => {
  let port: number;
  let relay: Relay;
  let udpEcho: UdpSocket;
  let tcpServer: Server;
  let handleConnection: (socket: Socket) => void;
  const udpClients: UdpSocket[] = [];

  beforeEach(async () => {
    port = await freePorts(1, [CLIENT_SIDE, SERVER_SIDE]);
    udpEcho = createSocket('udp4');
    udpEcho.on('message', (message, { address, port: from }) => udpEcho.send(message, from, address));
    udpEcho.bind(port, SERVER_SIDE);
    handleConnection = (socket) => socket.pipe(socket);
    tcpServer = createServer({ allowHalfOpen: true }, (socket) => handleConnection(socket));
    tcpServer.listen(port, SERVER_SIDE);
    await Promise.all([once(udpEcho, 'listening'), once(tcpServer, 'listening')]);
    const route = { listen: { host: CLIENT_SIDE, port }, target: { host: SERVER_SIDE, port } };
    relay = await Relay.open({ udp: [route], tcp: [route], seed: 1 });
  });

  afterEach(async () => {
    await relay.close();
    for (const client of udpClients.splice(0)) client.close();
    udpEcho.close();
    tcpServer.close();
  });

  async function udpClient(): Promise<{ socket: UdpSocket; received: string[] }> {
    const socket = await openUdp();
    udpClients.push(socket);
    const received: string[] = [];
    socket.on('message', (message) => received.push(String(message)));
    return { socket, received };
  }

  /** Milliseconds until a datagram is back. */
  async function echoTime(): Promise<number> {
    const { socket } = await udpClient();
    const startedAt = performance.now();
    socket.send('hello', port, CLIENT_SIDE);
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(String(message)).to.equal('hello');
    return performance.now() - startedAt;
  }

  it('brings datagrams there and back after the round trip time', async () => {
    await relay.setRtt(RTT_MS);
    expect(await echoTime()).to.be.at.least(RTT_MS - TIMER_MS);
  });

  it('takes a new round trip time while it runs', async () => {
    await relay.setRtt(1);
    await echoTime();
    await relay.setRtt(RTT_MS);
    expect(await echoTime()).to.be.at.least(RTT_MS - TIMER_MS);
  });

  it('delays each direction by its own', async () => {
    await relay.set({ up: { delayMs: RTT_MS } });
    const { socket } = await udpClient();
    const arrived = once(udpEcho, 'message');
    const startedAt = performance.now();
    socket.send('hello', port, CLIENT_SIDE);
    await arrived;
    expect(performance.now() - startedAt).to.be.at.least(RTT_MS - TIMER_MS);
  });

  it('answers each client with what is its own, in order, whatever the jitter', async () => {
    const jitter = { delayMs: 10, jitterMs: 10 };
    await relay.set({ up: jitter, down: jitter });
    const clients = [await udpClient(), await udpClient()];
    const sent = clients.map((_, client) => Array.from({ length: 50 }, (_, index) => `${client} ${index}`));
    for (const [client, { socket }] of clients.entries()) {
      for (const message of sent[client]!) socket.send(message, port, CLIENT_SIDE);
    }
    await waitFor('all echoes', () => clients.every(({ received }) => received.length === 50));
    expect(clients.map(({ received }) => received)).to.deep.equal(sent);
    expect((await relay.statistics()).udpFlows).to.equal(2);
  });

  it('loses the share that is set, and counts it', async () => {
    await relay.set({ up: { lossRatio: 0.5 } });
    const { socket, received } = await udpClient();
    for (let index = 0; index < 200; index++) socket.send(String(index), port, CLIENT_SIDE);
    const { up } = await waitFor('200 packets', async () => {
      const statistics = await relay.statistics();
      return statistics.up.packets === 200 && statistics;
    });
    expect(up.lost).to.be.within(70, 130);
    await waitFor('all that was not lost', () => received.length === 200 - up.lost);
  });

  it('drops datagrams that a slow link can not queue', async () => {
    await relay.set({ up: { rateBps: 100_000, queueBytes: 5_000 } });
    const { socket } = await udpClient();
    for (let index = 0; index < 50; index++) socket.send(Buffer.alloc(1_000), port, CLIENT_SIDE);
    const { up } = await waitFor('50 packets', async () => {
      const statistics = await relay.statistics();
      return statistics.up.packets === 50 && statistics;
    });
    expect(up.overflowed).to.be.within(40, 45);
  });

  it('tells when the first packet of a stream reached a client', async () => {
    const { socket } = await udpClient();
    const before = performance.timeOrigin + performance.now();
    const packet = buildRtp({
      payloadType: 101,
      sequenceNumber: 1,
      timestamp: 1,
      ssrc: 4_711,
      marker: false,
      payload: Buffer.alloc(50),
    });
    socket.send(packet, port, CLIENT_SIDE);
    await once(socket, 'message');
    const at = await relay.firstPacketAt(4_711);
    // The clocks of two processes agree to a few milliseconds.
    expect(at).to.be.within(before - 10, performance.timeOrigin + performance.now() + 10);
    expect(await relay.firstPacketAt(4_712)).to.equal(null);
  });

  it('lets a connection cost a round trip before its first byte counts as sent', async () => {
    await relay.setRtt(RTT_MS);
    const startedAt = performance.now();
    const socket = connect(port, CLIENT_SIDE);
    socket.write('hello');
    await once(socket, 'data');
    expect(performance.now() - startedAt).to.be.at.least(2 * RTT_MS - TIMER_MS);
    socket.destroy();
  });

  it('carries a stream whole and in order under jitter, loss and a rate, and its end', async () => {
    const link = { delayMs: 5, jitterMs: 5, lossRatio: 0.01, rateBps: 20_000_000, queueBytes: 20_000 };
    await relay.set({ up: link, down: link });
    const socket = connect(port, CLIENT_SIDE);
    const content = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join('');
    const back = text(socket);
    const startedAt = performance.now();
    socket.end(content);
    expect(await back).to.equal(content);
    const bits = content.length * 8;
    expect(performance.now() - startedAt).to.be.at.least((bits / link.rateBps) * 1_000);
  });

  it('ends a connection whose target does not answer', async () => {
    tcpServer.close();
    const socket = connect(port, CLIENT_SIDE);
    socket.on('error', () => undefined);
    await once(socket, 'close');
  });

  it('passes on that the other side cut the connection', async () => {
    handleConnection = (socket) => socket.resetAndDestroy();
    const socket = connect(port, CLIENT_SIDE);
    socket.on('error', () => undefined);
    await once(socket, 'close');
    await waitFor('no connections', async () => (await relay.statistics()).tcpConnections === 0);
  });

  it('drops every datagram of an outage, and carries on after it', async () => {
    const { socket, received } = await udpClient();
    const overAtMs = await relay.cut(300);
    socket.send('lost', port, CLIENT_SIDE);
    await waitFor('the datagram', async () => (await relay.statistics()).up.cutOff === 1);
    await waitFor('the end of the outage', () => performance.timeOrigin + performance.now() > overAtMs + TIMER_MS);
    socket.send('hello', port, CLIENT_SIDE);
    await waitFor('the echo', () => received.length > 0);
    expect(received).to.deep.equal(['hello']);
  });

  it('holds a stream in an outage until TCP would have got through', async () => {
    const socket = connect(port, CLIENT_SIDE);
    socket.write('hello');
    await once(socket, 'data');
    const startedAt = performance.now();
    await relay.cut(300);
    socket.write('again');
    const [echo] = (await once(socket, 'data')) as [Buffer];
    expect(String(echo)).to.equal('again');
    // Its retransmissions come 200 and 600 ms after it.
    expect(performance.now() - startedAt).to.be.at.least(600 - TIMER_MS);
    socket.destroy();
  });

  it('opens a connection late that was begun in an outage', async () => {
    await relay.cut(300);
    const startedAt = performance.now();
    const socket = connect(port, CLIENT_SIDE);
    socket.write('hello');
    await once(socket, 'data');
    expect(performance.now() - startedAt).to.be.at.least(1_000 - TIMER_MS);
    socket.destroy();
  });

  it('carries nothing for the sockets that clients had before their address changed, but does for new ones', async () => {
    const before = await udpClient();
    before.socket.send('hello', port, CLIENT_SIDE);
    const stream = connect(port, CLIENT_SIDE);
    let closed = false;
    const heard: string[] = [];
    stream.on('data', (chunk) => heard.push(String(chunk)));
    stream.on('close', () => (closed = true));
    stream.write('hello');
    await waitFor('both echoes', () => before.received.length === 1 && heard.length === 1);
    await relay.changeAddresses();
    before.socket.send('again', port, CLIENT_SIDE);
    stream.write('again');
    expect(await echoTime()).to.be.at.least(0);
    const other = connect(port, CLIENT_SIDE);
    other.write('hello');
    await once(other, 'data');
    expect({ datagrams: before.received, heard, closed }).to.deep.equal({
      ...{ datagrams: ['hello'], heard: ['hello'], closed: false },
    });
    stream.destroy();
    other.destroy();
  });

  it('takes one more place for datagrams while it runs', async () => {
    const place = await relay.addUdp(CLIENT_SIDE, { host: SERVER_SIDE, port });
    const { socket, received } = await udpClient();
    socket.send('hello', place.port, place.host);
    await waitFor('the echo', () => received.length === 1);
    expect(place.port).to.not.equal(port);
  });

  it('says so where its port is taken', async () => {
    const blocker = createServer();
    blocker.listen(0, CLIENT_SIDE);
    await once(blocker, 'listening');
    const taken = { host: CLIENT_SIDE, port: (blocker.address() as AddressInfo).port };
    const failure = await Relay.open({ udp: [], tcp: [{ listen: taken, target: taken }], seed: 1 }).then(
      () => 'opened',
      (error: Error) => error.message,
    );
    blocker.close();
    expect(failure).to.contain('EADDRINUSE');
  });
});
