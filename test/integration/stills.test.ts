import { expect } from 'chai';
import { jpegPicture } from '../helpers/pictures.ts';
import { sendPicture, showCup, takeStill } from '../helpers/stills.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';

describe('stills', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let rooms = 0;
  let room = '';

  before(async () => (node = await startTestServer()));
  // Stills stay with their room, so each test has a room of its own.
  beforeEach(() => (room = `room ${(rooms += 1)}`));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const joinHost = async () => {
    const host = await join('host', { role: 'host', name: '李师傅' });
    return { host, cup: await showCup(host) };
  };
  const listOf = async ({ client }: Visitor) => (await client.request('listStills', {})).stills;
  const requestsTo = ({ client }: Visitor) => client.received('stillRequested');

  it('are taken by the camera that is asked, kept, and told to everyone in the room', async () => {
    const { host } = await joinHost();
    const guest = await join('guest', { name: '客人' });
    const observer = await join('observer', { role: 'observer' });
    const picture = jpegPicture({ width: 4_000, height: 3_000 });
    const startedAt = Date.now();
    const still = await takeStill(node, guest, host, picture);
    expect(still).to.deep.include({
      mimeType: 'image/jpeg',
      width: 4_000,
      height: 3_000,
      sizeBytes: picture.length,
      source: 'teaCloseUp',
      takenFrom: { identity: 'host', name: '李师傅' },
      requestedBy: { identity: 'guest', name: '客人' },
      colorCorrected: false,
    });
    expect(still.takenAt).to.be.within(startedAt, Date.now());
    for (const { client } of [host, observer]) {
      expect((await client.notification('stillAdded')).still).to.deep.equal(still);
    }
    expect(requestsTo(host)[0]?.requestedBy).to.deep.equal({ participantId: guest.participantId, name: '客人' });
    const shown = await fetch(node.url + still.path);
    expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).to.equal(true);
    expect(await listOf(observer)).to.deep.equal([still]);
  });

  it('can be taken of the own camera', async () => {
    const { host } = await joinHost();
    expect((await takeStill(node, host, host)).requestedBy.identity).to.equal('host');
  });

  it('say that their colours were corrected', async () => {
    const { host, cup } = await joinHost();
    await host.client.request('requestStill', cup);
    const { upload } = await host.client.notification('stillRequested');
    const sent = await sendPicture(node, upload, undefined, { query: '?corrected=1' });
    expect(((await sent.json()) as { still: object }).still).to.include({ colorCorrected: true });
    expect((await listOf(host))[0]).to.include({ colorCorrected: true });
  });

  it('are the same for all who ask before the picture comes, and another one for who asks then', async () => {
    const { host, cup } = await joinHost();
    const guests = [await join('one'), await join('two')];
    const asked = await Promise.all([host, ...guests].map(({ client }) => client.request('requestStill', cup)));
    const { upload, stillId } = await host.client.notification('stillRequested');
    expect(asked.map((answer) => answer.stillId)).to.deep.equal([stillId, stillId, stillId]);
    for (const { timeoutMs } of asked) expect(timeoutMs).to.be.within(1, upload.timeoutMs);
    await sendPicture(node, upload);
    for (const { client } of [host, ...guests]) await client.notification('stillAdded');
    expect(requestsTo(host)).to.have.length(1);
    const { stillId: next } = await host.client.request('requestStill', cup);
    expect(next > stillId, `${next} after ${stillId}`).to.equal(true);
  });

  it('come in pages, the newest first, also to those who come later', async () => {
    const { host } = await joinHost();
    const taken: string[] = [];
    for (let count = 0; count < 5; count += 1) taken.unshift((await takeStill(node, host, host)).stillId);
    const guest = await join('guest');
    const page = async (before?: string) =>
      (await guest.client.request('listStills', { limit: 2, before })).stills.map(({ stillId }) => stillId);
    expect(await page()).to.deep.equal(taken.slice(0, 2));
    expect(await page(taken[1])).to.deep.equal(taken.slice(2, 4));
    expect(await page(taken[3])).to.deep.equal(taken.slice(4));
    expect(await page(taken[4])).to.be.empty;
  });

  it('stay when the room closes, and are there when it opens again', async () => {
    const { host } = await joinHost();
    const still = await takeStill(node, host, host);
    await node.server.registry.closeRoom(API_KEY, room);
    expect(await listOf(await join('guest'))).to.deep.equal([still]);
  });

  it('are not told to who waits in the lobby, or may not subscribe', async () => {
    await node.server.registry.createRoom(API_KEY, { name: room, lobby: true });
    const { host } = await joinHost();
    const waiting = await join('waiting');
    const deaf = await join('deaf', { role: 'host', grants: { subscribe: false } });
    const still = await takeStill(node, host, host);
    await host.client.request('removeStill', { stillId: still.stillId });
    expect(await waiting.client.refusalOf('listStills', {})).to.include({ code: 'wrongStage' });
    expect(await deaf.client.refusalOf('listStills', {})).to.include({ code: 'notAllowed' });
    await host.client.request('admit', { participantId: waiting.participantId });
    await waiting.client.notification('admitted');
    for (const { client } of [waiting, deaf]) {
      expect(client.received('stillAdded')).to.be.empty;
      expect(client.received('stillRemoved')).to.be.empty;
    }
  });

  it('are never those of another room, or of the same room of another shop', async () => {
    const { host } = await joinHost();
    const still = await takeStill(node, host, host);
    for (const options of [{ room: `${room} ` }, { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET }]) {
      const stranger = await join('host', { role: 'host', ...options });
      expect(await listOf(stranger)).to.be.empty;
      const refusal = await stranger.client.refusalOf('removeStill', { stillId: still.stillId });
      expect(refusal).to.include({ code: 'stillNotFound' });
    }
    expect(await listOf(host)).to.deep.equal([still]);
  });

  it('are gone for everyone when they are removed, and so is their picture', async () => {
    const { host } = await joinHost();
    const guest = await join('guest');
    const { stillId, path } = await takeStill(node, guest, host);
    expect(await guest.client.refusalOf('removeStill', { stillId })).to.include({ code: 'notAllowed' });
    await host.client.request('removeStill', { stillId });
    expect(await guest.client.notification('stillRemoved')).to.deep.equal({ stillId });
    expect((await fetch(node.url + path)).status).to.equal(404);
    expect(await listOf(guest)).to.be.empty;
    expect(await host.client.refusalOf('removeStill', { stillId })).to.include({ code: 'stillNotFound' });
  });

  it('are kept though who asked for them has left', async () => {
    const { host, cup } = await joinHost();
    const guest = await join('guest');
    await guest.client.request('requestStill', cup);
    await guest.client.request('leave', {});
    const { upload } = await host.client.notification('stillRequested');
    expect((await sendPicture(node, upload)).status).to.equal(201);
    expect((await listOf(host))[0]?.requestedBy).to.deep.equal({ identity: 'guest', name: 'guest' });
  });

  it('are asked for again when the camera’s page lost its socket, before or after it heard of them', async () => {
    const { host, cup } = await joinHost();
    const guest = await join('guest');
    const { stillId } = await guest.client.request('requestStill', cup);
    const { upload } = await host.client.notification('stillRequested');
    host.client.cut();
    await guest.client.notification('participantUpdated', ({ participant }) => participant.connection !== 'connected');
    expect(await guest.client.request('requestStill', cup)).to.include({ stillId });
    const again = await visitors.resume('host', host, { room });
    const reminder = await again.client.notification('stillRequested');
    expect(reminder.stillId).to.equal(stillId);
    expect(reminder.upload).to.include({ path: upload.path, token: upload.token });
    expect(reminder.upload.timeoutMs).to.be.at.most(upload.timeoutMs);
    expect((await sendPicture(node, reminder.upload)).status).to.equal(201);
    await guest.client.notification('stillAdded');
  });

  it('are counted, with how they ended', async () => {
    const { host, cup } = await joinHost();
    await takeStill(node, host, host);
    const { stillId } = await host.client.request('requestStill', cup);
    await host.client.request('declineStill', { stillId, code: 'cameraUnavailable' });
    const metrics = await (await fetch(`${node.url}/metrics`)).text();
    expect(metrics).to.match(/chaxi_still_seconds_count\{result="kept"\} [1-9]/);
    expect(metrics).to.match(/chaxi_still_seconds_count\{result="cameraUnavailable"\} [1-9]/);
  });
});
