import { expect } from 'chai';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { lightHello } from '../../../../bench/clients/lightCapabilities.ts';
import { Signaling } from '../../../../bench/clients/Signaling.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const HELLO = lightHello('AA:BB');

/** A server that accepts, and then does only what a test lets it do. */
async function listen(handle: (socket: WebSocket) => void): Promise<{ url: string; server: WebSocketServer }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'protoo' });
  server.on('connection', handle);
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function welcome(socket: WebSocket): void {
  socket.send(JSON.stringify({ notification: true, method: 'welcome', data: {} }));
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('It was fulfilled.'),
    (reason: unknown) => reason,
  );
  return (error as Error).message;
}

describe('Signaling of a light client', () => {
  let server: WebSocketServer;

  async function serve(handle: (socket: WebSocket) => void): Promise<string> {
    const opened = await listen(handle);
    ({ server } = opened);
    return opened.url;
  }

  afterEach(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });

  it('gives up a server that accepts and never welcomes, and hangs up', async () => {
    const url = await serve(() => undefined);
    expect(await messageOf(Signaling.join(url, 'token', HELLO, 50))).to.equal('Waited 50 ms for the welcome.');
    await waitFor('the socket to be gone', () => server.clients.size === 0);
  });

  it('tells of a server that hangs up before its welcome', async () => {
    const url = await serve((socket) => socket.terminate());
    expect(await messageOf(Signaling.join(url, 'token', HELLO, 10_000))).to.match(/closed/);
  });

  it('rejects pending and later requests when the server dies, and closes', async () => {
    const url = await serve((socket) => {
      welcome(socket);
      socket.once('message', () => socket.terminate());
    });
    const { signaling } = await Signaling.join(url, 'token', HELLO, 10_000);
    expect(signaling.isOpen).to.equal(true);
    expect(await messageOf(signaling.request('leave', {}))).to.match(/closed/);
    expect(await messageOf(signaling.request('leave', {}))).to.match(/not open/);
    expect(signaling.isOpen).to.equal(false);
    await signaling.close();
  });

  it('goes on to the node that it is sent to, and says what that one refuses it with', async () => {
    let asked = 0;
    const url = await serve((socket) => {
      asked += 1;
      const error = { code: 'clusterUnavailable', message: 'Redis is away.' };
      const answer = asked === 1 ? { method: 'moved', data: { url } } : { method: 'closed', data: { error } };
      socket.send(JSON.stringify({ notification: true, ...answer }));
    });
    const error: unknown = await Signaling.join(url, 'token', HELLO, 10_000).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ChaxiError).and.include({ code: 'clusterUnavailable' });
    expect(asked).to.equal(2);
  });

  it('gives up where each node sends it to another one', async () => {
    const url = await serve((socket) => {
      socket.send(JSON.stringify({ notification: true, method: 'moved', data: { url } }));
    });
    expect(await messageOf(Signaling.join(url, 'token', HELLO, 10_000))).to.match(/sent on/);
  });

  it('waits for tracks that were not in the welcome', async () => {
    const url = await serve((socket) => {
      welcome(socket);
      for (const consumerId of ['one', 'two']) {
        socket.send(JSON.stringify({ notification: true, method: 'newConsumer', data: { consumer: { consumerId } } }));
      }
    });
    const { signaling } = await Signaling.join(url, 'token', HELLO, 10_000);
    const came = await signaling.newConsumers(2, 10_000);
    expect(came.map(({ consumerId }) => consumerId)).to.deep.equal(['one', 'two']);
    expect(await messageOf(signaling.newConsumers(3, 20))).to.match(/3 tracks/);
    await signaling.close();
  });

  it('leaves a server that no longer answers', async () => {
    const url = await serve(welcome);
    const { signaling } = await Signaling.join(url, 'token', HELLO, 10_000);
    await signaling.close();
    await waitFor('the socket to be gone', () => server.clients.size === 0);
  });

  it('waits for an answer as long as it was told', async () => {
    const url = await serve(welcome);
    const { signaling } = await Signaling.join(url, 'token', HELLO, 10_000);
    expect(await messageOf(signaling.request('leave', {}, 20))).to.equal('Waited 20 ms for an answer to leave.');
    await signaling.close();
  });
});
