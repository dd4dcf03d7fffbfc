import { expect } from 'chai';
import type {
  RealtimeSocket,
  SocketAddress,
  SocketHandler,
} from '../../../../../client-sdk/src/messaging/connection/RealtimeSocket.ts';
import { RealtimeConnection } from '../../../../../client-sdk/src/messaging/connection/RealtimeConnection.ts';
import { ChaxiError } from '../../../../../protocol/ChaxiError.ts';
import { usePageClock } from '../../fakes/pageClock.ts';
import { rejection } from '../../fakes/rejection.ts';
import { silentLogger } from '../../fakes/silentLogger.ts';
import { useGlobals } from '../../fakes/useGlobals.ts';

class FakeSocket implements RealtimeSocket {
  receivedAt = 0;
  isClosed = false;
  readonly asked: { method: string; timeoutMs: number }[] = [];
  answer: () => Promise<unknown> = () => Promise.resolve({ data: {} });
  readonly address: SocketAddress;
  readonly handler: SocketHandler;

  constructor(address: SocketAddress, handler: SocketHandler) {
    this.address = address;
    this.handler = handler;
  }

  request(method: string, _data: unknown, timeoutMs: number): Promise<unknown> {
    this.asked.push({ method, timeoutMs });
    return this.answer();
  }

  notify(): void {}

  close(): void {
    this.isClosed = true;
  }
}

describe('RealtimeConnection', () => {
  const clock = usePageClock();
  const setGlobal = useGlobals();
  let sockets: FakeSocket[];
  let server: string;
  let connection: RealtimeConnection;
  const last = () => sockets.at(-1)!;

  beforeEach(() => {
    sockets = [];
    server = 'https://one.example';
  });
  afterEach(() => connection.close());

  function open(): Promise<void> {
    connection = new RealtimeConnection({
      server: () => server,
      token: 'token',
      tokenArrived: () => undefined,
      openSocket: (address, handler) => {
        sockets.push(new FakeSocket(address, handler));
        return last();
      },
      logger: silentLogger,
    });
    return connection.open();
  }

  async function connected(): Promise<FakeSocket> {
    const opening = open();
    await clock.passUntil('a socket', () => sockets.length === 1);
    last().handler.opened();
    await opening;
    return last();
  }

  it('waits longer after each attempt that fails', async () => {
    void open().catch(() => undefined);
    const at: number[] = [];
    for (let i = 1; i <= 5; i++) {
      await clock.passUntil('an attempt', () => sockets.length === i);
      at.push(performance.now());
      last().handler.closed(new ChaxiError('serverUnreachable'));
    }
    const waited = at.slice(1).map((ms, i) => ms - at[i]!);
    expect(waited[0]).to.be.below(50);
    for (const [i, least] of [300, 600, 1_200].entries()) expect(waited[i + 1]).to.be.within(least, least * 1.5 + 40);
  });

  it('connects again at once where a connection that held is lost, and where the room is then', async () => {
    const socket = await connected();
    await clock.pass(6_000);
    server = 'https://two.example';
    socket.handler.closed(new ChaxiError('connectionLost'));
    await clock.passUntil('the next socket', () => sockets.length === 2);
    expect([connection.state, last().address.serverUrl]).to.deep.equal(['reconnecting', 'https://two.example']);
    expect(socket.isClosed).to.equal(true);
  });

  it('asks the other nodes, without a pause, when the one it was on is gone', async () => {
    const socket = await connected();
    socket.handler.event('otherNodes', { urls: ['https://two.example', 'https://three.example'] });
    await clock.pass(6_000);
    const lostAt = performance.now();
    socket.handler.closed(new ChaxiError('connectionLost'));
    for (const count of [2, 3, 4]) {
      await clock.passUntil('a socket', () => sockets.length === count);
      if (count < 4) last().handler.closed(new ChaxiError('serverUnreachable'));
    }
    expect(performance.now() - lostAt).to.be.below(200);
    const hosts = sockets.map(({ address }) => new URL(address.serverUrl).hostname[1]);
    expect(hosts.join('')).to.equal('nnwh');
    last().handler.opened();
    expect(connection.serverUrl).to.equal('https://three.example');
    expect(connection.state).to.equal('connected');
  });

  it('lets requests wait for the connection, and asks no longer than ten seconds in all', async () => {
    void open();
    const asked = connection.request('openShop', {});
    await clock.pass(4_000);
    last().handler.opened();
    await asked;
    expect(last().asked).to.have.length(1);
    expect(last().asked[0]!.timeoutMs).to.be.within(5_900, 6_100);
  });

  it('says serverUnreachable where there is no connection in time', async () => {
    void open();
    const asked = rejection(connection.request('openShop', {}));
    await clock.pass(11_000);
    expect((await asked).code).to.equal('serverUnreachable');
  });

  it('throws what the server answers', async () => {
    const socket = await connected();
    socket.answer = () => Promise.resolve({ error: new ChaxiError('notAllowed', { path: 'title' }).toBody() });
    const error = await rejection(connection.request('openShop', {}));
    expect([error.code, error.path]).to.deep.equal(['notAllowed', 'title']);
  });

  it('gives up a socket on which nothing came since a request that was not answered', async () => {
    const socket = await connected();
    await clock.pass(1_000);
    socket.answer = () => Promise.reject(new ChaxiError('requestTimeout'));
    expect((await rejection(connection.request('openShop', {}))).code).to.equal('requestTimeout');
    await clock.passUntil('the next socket', () => sockets.length === 2);
  });

  it('keeps one that is alive, though a request was not answered', async () => {
    const socket = await connected();
    socket.answer = () => {
      socket.receivedAt = performance.now() + 1;
      return Promise.reject(new ChaxiError('requestTimeout'));
    };
    await rejection(connection.request('openShop', {}));
    await clock.pass(1_000);
    expect(sockets).to.have.length(1);
  });

  it('hears nothing of a socket that was given up', async () => {
    const socket = await connected();
    const heard: string[] = [];
    connection.on('event', (name) => heard.push(name));
    socket.handler.event('messages', {});
    socket.handler.closed(new ChaxiError('connectionLost'));
    await clock.passUntil('the next socket', () => sockets.length === 2);
    socket.handler.event('typing', {});
    last().handler.event('presence', {});
    expect(heard).to.deep.equal(['messages', 'presence']);
  });

  describe('in a page', () => {
    const page = new EventTarget();
    const tab = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    beforeEach(() => {
      setGlobal('document', tab);
      setGlobal('addEventListener', page.addEventListener.bind(page));
    });

    it('takes another socket at once on another network', async () => {
      await connected();
      page.dispatchEvent(new Event('online'));
      await clock.passUntil('the next socket', () => sockets.length === 2);
      expect(sockets[0]!.isClosed).to.equal(true);
    });

    it('does not wait any longer when someone looks at it', async () => {
      void open().catch(() => undefined);
      for (let i = 1; i <= 9; i++) {
        await clock.passUntil('an attempt', () => sockets.length === i);
        last().handler.closed(new ChaxiError('serverUnreachable'));
      }
      await clock.pass(100);
      const before = sockets.length;
      tab.dispatchEvent(new Event('visibilitychange'));
      await clock.pass(100);
      expect(sockets.length - before).to.equal(1);
    });
  });

  it('ends what waits when it is closed, and opens nothing any more', async () => {
    const opening = rejection(open());
    const asked = rejection(connection.request('openShop', {}));
    await clock.pass(100);
    connection.close();
    expect([(await opening).code, (await asked).code]).to.deep.equal(['invalidState', 'invalidState']);
    last().handler.opened();
    await clock.pass(60_000);
    expect([connection.state, sockets.length, last().isClosed]).to.deep.equal(['closed', 1, true]);
  });
});
