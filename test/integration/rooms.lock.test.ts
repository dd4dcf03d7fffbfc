import { expect } from 'chai';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type VisitOptions } from '../helpers/Visitors.ts';

describe('a room that is locked', () => {
  let node: TestServer;
  /** What holds for a room stays when it closes: each test has one of its own. */
  let room: string;
  let count = 0;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer({ rooms: { lobby: true } })));
  beforeEach(() => (room = `room ${++count}`));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const refusalOf = async (identity: string, options: VisitOptions = {}) =>
    (await visitors.open(identity, { room, ...options })).refusal();
  const lock = async () => {
    const host = await join('host', { role: 'host' });
    const inside = await join('inside');
    await host.client.request('admit', { participantId: inside.participantId });
    const waiting = await join('waiting');
    await host.client.request('setLocked', { locked: true });
    return { host, inside, waiting };
  };

  it('lets nobody new in, not into the lobby either, but who may admit', async () => {
    const { host, inside, waiting } = await lock();
    for (const { client } of [host, inside, waiting]) {
      expect((await client.notification('roomChanged', (data) => data.room.locked)).room.name).to.equal(room);
    }
    expect(await refusalOf('new')).to.include({ code: 'roomLocked' });
    expect(await refusalOf('new', { role: 'observer' })).to.include({ code: 'roomLocked' });
    const { snapshot } = await join('other host', { role: 'host' });
    expect(snapshot).to.have.nested.property('room.locked', true);
    expect(snapshot.stage).to.equal('joined');
    await host.client.request('setLocked', { locked: false });
    await waiting.client.notification('roomChanged', (data) => !data.room.locked);
    expect((await join('new')).snapshot.stage).to.equal('lobby');
  });

  it('lets those come back who are in it or wait, and be let in', async () => {
    const { host, inside, waiting } = await lock();
    expect((await visitors.resume('inside', inside, { room })).snapshot).to.include({ resumed: true });
    const again = await join('inside');
    expect(again.snapshot.stage, 'by another page').to.equal('lobby');
    waiting.client.cut();
    await host.client.notification('lobbyChanged', ({ waiting: all }) =>
      all.some(({ identity, connection }) => identity === 'waiting' && connection === 'reconnecting'),
    );
    const back = await join('waiting');
    for (const guest of [again, back]) {
      await host.client.request('admit', { participantId: guest.participantId });
      await guest.client.notification('admitted');
    }
    await again.client.request('leave', {});
    await host.client.notification('participantLeft', ({ participantId }) => participantId === again.participantId);
    expect(await refusalOf('inside'), 'who has left').to.include({ code: 'roomLocked' });
  });

  it('lets nobody in who stood before the door and had not asked yet', async () => {
    const hello = { intent: 'prepare', media: false } as const;
    const early = await join('early', { hello });
    await lock();
    await early.client.notification('roomChanged', (data) => data.room.locked);
    expect(await early.client.refusalOf('join', {})).to.include({ code: 'roomLocked' });
  });

  it('is so still when it was closed meanwhile', async () => {
    const { host } = await lock();
    visitors.clear();
    expect(await refusalOf('new')).to.include({ code: 'roomLocked' });
    expect(host.client.closed).to.equal(true);
  });

  it('was locked by someone who may', async () => {
    const { inside, waiting } = await lock();
    for (const { client } of [inside, waiting]) {
      expect(await client.refusalOf('setLocked', { locked: false })).to.include({ code: 'notAllowed' });
    }
  });
});
