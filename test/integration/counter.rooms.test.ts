import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { Devices } from '../helpers/Devices.ts';
import type { MessagingClient } from '../helpers/MessagingClient.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the rooms of a counter', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const devices = new Devices(() => node);
  let test = 0;
  const named = (name: string) => `${name}-${test}`;

  before(async () => (node = await startTestServer({ rooms: { lobby: true } }, { sharesMessages: true })));
  beforeEach(() => (test += 1));
  afterEach(() => {
    devices.clear();
    visitors.clear();
  });
  after(() => node.close());

  const list = async (counter: MessagingClient) => (await counter.request('listRooms', {})).rooms;
  /** Of whom it says it, when that is so. */
  const until = (counter: MessagingClient, what: string, holds: (names: string) => boolean) =>
    waitFor(what, async () => {
      const rooms = await list(counter);
      const told = rooms.map(({ name, people, waiting }) =>
        [
          name,
          ...people.map(({ identity, role }) => `${role} ${identity}`),
          ...waiting.map((one) => `waits ${one.identity}`),
        ].join(', '),
      );
      return holds(told.join('; ')) ? rooms : undefined;
    });

  it('are told with who is in them, and who waits since when', async () => {
    const counter = await devices.counter();
    await visitors.join('guest', { room: named('tea'), name: '王小姐' });
    await visitors.join('host', { role: 'host', room: named('tea') });
    const [room] = await until(counter, 'both', (told) => told === `${named('tea')}, host host, waits guest`);
    expect(room).to.include({ lobby: true, locked: false, metadata: '' });
    const [waiting] = room!.waiting;
    expect(waiting).to.include({ name: '王小姐', role: 'guest' });
    expect(Date.now() - waiting!.since).to.be.within(0, 60_000);
  });

  it('show nobody who is hidden', async () => {
    const counter = await devices.counter();
    const observer = { role: 'observer', room: named('tea'), grants: { admit: true } } as const;
    await visitors.join('observer', observer);
    await until(counter, 'the room', (told) => told === named('tea'));
  });

  it('come with the one first where someone waits longest', async () => {
    const counter = await devices.counter();
    for (const name of ['first', 'second']) await visitors.join(`guest-${name}`, { room: named(name) });
    await visitors.join('host', { role: 'host', room: named('calm') });
    const rooms = await until(counter, 'three rooms', (told) => told.split(';').length === 3);
    expect(rooms.map(({ name }) => name)).to.deep.equal(['first', 'second', 'calm'].map(named));
  });

  it('are news to who asked for them, and to nobody else', async () => {
    const [counter, other] = [await devices.counter('one'), await devices.counter('two')];
    await list(counter);
    const guest = await visitors.join('guest', { room: named('tea') });
    await counter.event('roomsChanged');
    await until(counter, 'the guest', (told) => told.includes('waits guest'));
    const before = counter.received('roomsChanged').length;
    await guest.client.request('leave', {});
    await waitFor('the end of the waiting to be news', () => counter.received('roomsChanged').length > before);
    await until(counter, 'nobody', (told) => told === named('tea'));
    expect(other.received('roomsChanged')).to.deep.equal([]);
  });

  it('are told of when they are locked', async () => {
    const counter = await devices.counter();
    const host = await visitors.join('host', { role: 'host', room: named('tea') });
    await until(counter, 'the host', (told) => told.includes('host host'));
    const before = counter.received('roomsChanged').length;
    await host.client.request('setLocked', { locked: true });
    await waitFor('the lock to be news', () => counter.received('roomsChanged').length > before);
    await waitFor('the room to be locked', async () => (await list(counter))[0]?.locked);
  });

  it('are opened by it, and closed ones are told no more', async () => {
    const counter = await devices.counter();
    await list(counter);
    const { room } = await counter.request('createRoom', { name: named('new'), lobby: false, metadata: 'x' });
    expect(room).to.deep.include({ name: named('new'), lobby: false, metadata: 'x', people: [], waiting: [] });
    await counter.event('roomsChanged');
    expect((await list(counter)).map(({ name, createdAt }) => [name, createdAt])).to.deep.equal([
      [room.name, room.createdAt],
    ]);
    expect(await counter.refusalOf('createRoom', { name: named('new') })).to.equal('roomExists');
    for (const open of node.server.registry.rooms) open.close();
    await until(counter, 'no room', (told) => told === '');
  });

  it('are entered as host, under the own name', async () => {
    const counter = await devices.counter('keeper', { name: '店主' });
    const guest = await visitors.join('guest', { room: named('tea') });
    const { token } = await counter.request('enterRoom', { room: named('tea') });
    const host = await visitors.join('keeper', { rawToken: token });
    expect(host.snapshot.self).to.include({ identity: 'keeper', name: '店主', role: 'host' });
    await host.client.request('admit', { participantId: guest.participantId });
    await guest.client.notification('admitted');
  });

  it('are entered with a token that is good no longer than the own, and twelve hours at most', async () => {
    const rawToken = await node.token({ identity: 'keeper', role: 'host', counter: true, ttlSeconds: 600 });
    const short = await devices.connect('keeper', { rawToken });
    const claimsOf = async (counter: MessagingClient) =>
      decodeJwt((await counter.request('enterRoom', { room: named('tea') })).token);
    const { exp } = await claimsOf(short);
    const own = decodeJwt(rawToken).exp!;
    expect(exp).to.be.within(own - 60, own);
    const long = await claimsOf(await devices.counter('late', { ttlSeconds: 7 * 24 * 3_600 }));
    expect(long.exp! - long.iat!).to.equal(12 * 3_600);
  });

  it('are of the own shop, and of a counter alone', async () => {
    await visitors.join('guest', { room: named('tea') });
    const customer = await devices.connect(named('customer'));
    const name = named('tea');
    expect(await customer.refusalOf('listRooms', {})).to.equal('notAllowed');
    expect(await customer.refusalOf('createRoom', { name })).to.equal('notAllowed');
    expect(await customer.refusalOf('enterRoom', { room: name })).to.equal('notAllowed');
    const stranger = await devices.counter('stranger', { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET });
    expect(await list(stranger)).to.deep.equal([]);
    expect(node.server.registry.find(API_KEY, name)).to.not.equal(undefined);
  });
});
