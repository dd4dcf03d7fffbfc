import { expect } from 'chai';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the seats of a room', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const stages = () => node.server.registry.find(API_KEY, 'tea')?.participants.map(({ stage }) => stage);

  before(async () => (node = await startTestServer({ rooms: { maxParticipants: 2 } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('can be taken until there is none left', async () => {
    await visitors.join('one');
    const two = await visitors.join('two');
    const three = await visitors.open('three');
    expect(await three.refusal()).to.include({ code: 'roomFull' });
    expect(two.client.received('participantJoined')).to.be.empty;
    await two.client.request('leave', {});
    await visitors.join('four');
  });

  it('are refused to someone who had prepared, who may ask again', async () => {
    const prepared = await visitors.join('prepared', { hello: { intent: 'prepare', media: true } });
    const one = await visitors.join('one');
    await visitors.join('two');
    expect(await prepared.client.refusalOf('join', {})).to.include({ code: 'roomFull' });
    expect(stages()).to.have.members(['prepared', 'joined', 'joined']);
    await one.client.request('leave', {});
    await visitors.join('two');
    expect((await prepared.client.request('join', {})).stage).to.equal('joined');
  });

  it('are kept for who comes again', async () => {
    const first = await visitors.join('one');
    await visitors.join('two');
    const again = await visitors.join('one');
    expect(again.snapshot.stage).to.equal('joined');
    expect(await first.client.refusal()).to.include({ code: 'sessionReplaced' });
  });

  it('are kept while a socket is lost', async () => {
    const one = await visitors.join('one');
    const two = await visitors.join('two');
    one.client.cut();
    await two.client.notification('participantUpdated', ({ participant }) => participant.connection === 'reconnecting');
    const three = await visitors.open('three');
    expect(await three.refusal()).to.include({ code: 'roomFull' });
    expect((await visitors.resume('one', one)).snapshot.resumed).to.equal(true);
  });

  it('are not needed by the hidden', async () => {
    await visitors.join('one');
    await visitors.join('two');
    const observer = await visitors.join('observer', { role: 'observer' });
    expect(observer.snapshot.stage).to.equal('joined');
    expect(node.server.registry.getRoom(API_KEY, 'tea').participantCount).to.equal(2);
  });

  it('are refused to the host too', async () => {
    await visitors.join('one');
    await visitors.join('two');
    const host = await visitors.open('host', { role: 'host' });
    expect(await host.refusal()).to.include({ code: 'roomFull' });
  });

  it('bound how many may stand before the door', async () => {
    const prepare = { hello: { intent: 'prepare', media: false } } as const;
    // Two seats, and fifty places before the door.
    const inside = await Promise.all(
      Array.from({ length: 52 }, (_, index) => visitors.join(`visitor ${index}`, prepare)),
    );
    const tooMany = await visitors.open('tooMany', prepare);
    expect(await tooMany.refusal()).to.include({ code: 'roomFull' });
    await inside[0]?.client.request('leave', {});
    await waitFor('the session to end', () => inside[0]?.client.closeCode);
    await visitors.join('late', prepare);
  });
});

describe('rooms of a node', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer({ rooms: { maxRooms: 1, emptyTimeoutMs: 0 } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('are no more than the configuration allows', async () => {
    await visitors.join('one');
    const two = await visitors.open('two', { room: 'cellar' });
    expect(await two.refusal()).to.include({ code: 'limitReached' });
    expect(node.server.registry.size).to.equal(1);
  });
});
