import { expect } from 'chai';
import { callRest } from '../helpers/restClient.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('rooms over REST', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer({ rooms: { autoCreate: false } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('are there before anyone comes, with the settings that were asked for', async () => {
    const settings = {
      name: 'tea',
      maxParticipants: 1,
      lobby: true,
      metadata: '{"tea":"oolong"}',
      emptyTimeoutMs: 60_000,
    };
    const made = await callRest(node, 'POST', '/rooms', settings);
    expect(made.status).to.equal(201);
    expect(made.body).to.deep.include({ ...settings, participantCount: 0, waitingCount: 0 });

    const guest = await visitors.join('guest');
    expect(guest.snapshot.stage).to.equal('lobby');
    expect(guest.snapshot.room).to.include({
      name: 'tea',
      maxParticipants: 1,
      lobby: true,
      metadata: settings.metadata,
    });
    const host = await visitors.join('host', { role: 'host' });
    const second = await visitors.open('second');
    expect(await second.refusal()).to.include({ code: 'roomFull' });

    const read = await callRest(node, 'GET', '/rooms/tea');
    expect(read.body).to.deep.include({ participantCount: 1, waitingCount: 1 });
    expect(read.body).to.have.nested.property('participants[0].participantId', host.participantId);
    expect(read.body).to.not.have.nested.property('participants[1]');
    const list = await callRest(node, 'GET', '/rooms');
    expect(list.body).to.have.nested.property('rooms[0].name', 'tea');
    expect(list.body).to.not.have.nested.property('rooms[0].participants');
  });

  it('can not be made twice', async () => {
    await callRest(node, 'POST', '/rooms', { name: 'tea' });
    const again = await callRest(node, 'POST', '/rooms', { name: 'tea', lobby: true });
    expect(again).to.have.property('status', 409);
    expect(again.body).to.have.nested.property('error.code', 'roomExists');
  });

  it('are the only ones where nobody else may make rooms', async () => {
    const client = await visitors.open('guest');
    expect(await client.refusal()).to.include({ code: 'roomNotFound' });
    expect(node.server.registry.size).to.equal(0);
  });

  it('send everyone away when they are closed: inside, in the lobby and before the door', async () => {
    await callRest(node, 'POST', '/rooms', { name: 'tea', lobby: true });
    const people = [
      await visitors.join('host', { role: 'host' }),
      await visitors.join('guest'),
      await visitors.join('prepared', { hello: { intent: 'prepare', media: true } }),
      await visitors.join('warm', { hello: { intent: 'prepare', media: false } }),
    ];
    expect((await callRest(node, 'DELETE', '/rooms/tea')).status).to.equal(204);
    for (const { client } of people) {
      expect(await client.refusal()).to.include({ code: 'roomClosed' });
      await waitFor('the socket to close', () => client.closeCode);
      expect(client.received('participantLeft')).to.be.empty;
    }
    expect((await callRest(node, 'GET', '/rooms/tea')).status).to.equal(404);
    expect((await callRest(node, 'DELETE', '/rooms/tea')).status).to.equal(404);
    expect((await callRest(node, 'GET', '/rooms')).body).to.deep.equal({ rooms: [] });
  });

  it('do not come back for a session that is taken up after they were closed', async () => {
    await callRest(node, 'POST', '/rooms', { name: 'tea' });
    const guest = await visitors.join('guest');
    guest.client.cut();
    await callRest(node, 'DELETE', '/rooms/tea');
    const { sessionId, resumeSecret: secret } = guest.snapshot;
    const again = await visitors.open('guest', { hello: { resume: { sessionId, secret } } });
    expect(await again.refusal()).to.include({ code: 'roomNotFound' });
  });

  it('close by themselves when nobody comes', async () => {
    await callRest(node, 'POST', '/rooms', { name: 'tea', emptyTimeoutMs: 1 });
    await waitFor('the room to close', () => node.server.registry.size === 0);
  });

  it('stay while someone is in them, and close after the last one', async () => {
    await callRest(node, 'POST', '/rooms', { name: 'tea', emptyTimeoutMs: 300 });
    const guest = await visitors.join('guest');
    const other = await visitors.join('other');
    await guest.client.request('leave', {});
    await other.client.notification('participantLeft');
    expect(node.server.registry.size).to.equal(1);
    await other.client.request('leave', {});
    await waitFor('the room to close', () => node.server.registry.size === 0);
  });

  it('do not show the hidden', async () => {
    await callRest(node, 'POST', '/rooms', { name: 'tea' });
    await visitors.join('observer', { role: 'observer' });
    expect((await callRest(node, 'GET', '/rooms/tea')).body).to.deep.include({ participantCount: 0, participants: [] });
  });
});
