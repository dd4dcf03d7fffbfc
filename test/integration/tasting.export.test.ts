import { expect } from 'chai';
import { tastingExportSchema, type TastingExport } from '../../protocol/tastingNotes.ts';
import { callRest } from '../helpers/restClient.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { showCup, takeStill } from '../helpers/stills.ts';
import { guideOf } from '../helpers/tastings.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';

describe('the export of a tasting', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let rooms = 0;
  let room = '';
  let host: Visitor;

  before(async () => (node = await startTestServer({}, { sharesMessages: true })));
  beforeEach(async () => {
    room = `export ${(rooms += 1)}`;
    await callRest(node, 'POST', '/rooms', { name: room, lobby: true });
    host = await join('host', { role: 'host' });
    await host.client.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
  });
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const letIn = async (identity: string, options: VisitOptions = {}) => {
    const guest = await join(identity, options);
    await host.client.request('admit', { participantId: guest.participantId });
    await guest.client.notification('admitted');
    return guest;
  };
  const write = async ({ client }: Visitor, words: string, shared: boolean) => {
    const { note } = await client.request('saveNote', { teaId: 'oolong', words });
    return shared ? (await client.request('shareNote', { teaId: 'oolong', shared })).note : note;
  };
  const ask = (token: string | null, headers: Record<string, string> = {}) =>
    fetch(`${node.url}/tasting`, {
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    });
  const exportFor = async (options: VisitOptions & { identity: string }): Promise<TastingExport> => {
    const response = await ask(await node.token({ room, ...options }));
    expect(response.status).to.equal(200);
    expect(response.headers.get('cache-control')).to.equal('no-store');
    return tastingExportSchema.parse(await response.json());
  };
  const restExport = async (credentials?: string) => {
    const path = `/rooms/${encodeURIComponent(room)}/notes`;
    const { status, body } = await callRest(node, 'GET', path, undefined, credentials);
    expect(status).to.equal(200);
    return tastingExportSchema.parse(body);
  };

  it('has the guide, the own notes, those that others share, and the stills, the oldest first', async () => {
    const [ann, bob] = [await letIn('ann'), await letIn('bob')];
    await showCup(host);
    const stills = [await takeStill(node, ann, host), await takeStill(node, ann, host)];
    const [own, shared] = [await write(ann, 'mine alone', false), await write(bob, 'for all', true)];
    const startedAt = Date.now();
    const taken = await exportFor({ identity: 'ann' });
    expect(taken.exportedAt).to.be.within(startedAt, Date.now());
    expect(taken).to.deep.include({ room, identity: 'ann', notes: [own, shared], stills });
    expect(taken.guide).to.have.nested.property('teas[0].teaId', 'oolong');
    expect((await exportFor({ identity: 'bob' })).notes).to.deep.equal([shared]);
  });

  it('is there when the room is closed, for who was in it', async () => {
    const ann = await letIn('ann');
    const note = await write(ann, 'mine', false);
    await node.server.registry.closeRoom(API_KEY, room);
    expect((await exportFor({ identity: 'ann' })).notes).to.deep.equal([note]);
    expect((await restExport()).guide).to.have.property('title', '春茶');
  });

  it('shows nothing of others to who was never let in, or may not receive what others show', async () => {
    const ann = await letIn('ann');
    await letIn('deaf', { grants: { subscribe: false } });
    await join('waiting');
    await showCup(host);
    await takeStill(node, host, host);
    await write(ann, 'for all', true);
    for (const options of [
      { identity: 'waiting' },
      { identity: 'outside' },
      { identity: 'deaf', grants: { subscribe: false } },
    ]) {
      const { notes, stills, guide } = await exportFor(options);
      expect([notes, stills], options.identity).to.deep.equal([[], []]);
      expect(guide).to.not.equal(null);
    }
    expect((await exportFor({ identity: 'another host', role: 'host' })).notes).to.have.length(1);
  });

  it('shows nothing of others to who was declined, when the room is closed', async () => {
    const ann = await letIn('ann');
    const declined = await join('declined');
    await host.client.request('decline', { participantId: declined.participantId });
    const shared = await write(ann, 'for all', true);
    await showCup(host);
    await takeStill(node, host, host);
    await node.server.registry.closeRoom(API_KEY, room);
    const { notes, stills } = await exportFor({ identity: 'declined' });
    expect([notes, stills]).to.deep.equal([[], []]);
    expect((await exportFor({ identity: 'another host', role: 'host' })).notes).to.deep.equal([shared]);
  });

  it('of a room without a lobby shows what others share to everyone, and where it is locked only to who is in it', async () => {
    room = `${room} without a lobby`;
    host = await join('host', { role: 'host' });
    await host.client.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await join('inside');
    const shared = await write(host, 'for all', true);
    expect((await exportFor({ identity: 'outside' })).notes).to.deep.equal([shared]);
    await host.client.request('setLocked', { locked: true });
    expect((await exportFor({ identity: 'outside' })).notes).to.deep.equal([]);
    expect((await exportFor({ identity: 'inside' })).notes).to.deep.equal([shared]);
  });

  it('shows nothing of others any more to whose invitation was taken back, but what they wrote themselves', async () => {
    const { invite } = await host.client.request('createInvite', { role: 'expert', name: '陈' });
    const redeemed = await fetch(`${node.url}/invites/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: invite.path.split('#')[1], device: 'd'.repeat(22) }),
    });
    const { token } = (await redeemed.json()) as { token: string };
    const { client, snapshot } = await SignalingClient.join(node.url, token, { settled: node.settled });
    await host.client.request('admit', { participantId: snapshot.self.participantId });
    await client.notification('admitted');
    const { note: own } = await client.request('saveNote', { teaId: 'oolong', words: 'mine' });
    const shared = await write(host, 'for all', true);
    const notes = async () => tastingExportSchema.parse(await (await ask(token)).json()).notes;
    expect(await notes()).to.deep.equal([own, shared]);
    await host.client.request('revokeInvite', { inviteId: invite.inviteId });
    expect(await notes()).to.deep.equal([own]);
    client.cut();
  });

  it('shows nothing of others any more to who was sent out for good', async () => {
    const ann = await letIn('ann');
    const own = await write(ann, 'mine', false);
    const shared = await write(host, 'for all', true);
    expect((await exportFor({ identity: 'ann' })).notes).to.deep.equal([own, shared]);
    await host.client.request('removeParticipant', { participantId: ann.participantId, ban: true });
    expect((await exportFor({ identity: 'ann' })).notes).to.deep.equal([own]);
  });

  it('is for the token of its room, and for pages that may use the server', async () => {
    const token = await node.token({ room });
    const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
    expect(await codeOf(await ask(null))).to.equal('tokenMissing');
    expect(await codeOf(await ask(`${token}x`))).to.equal('tokenInvalid');
    expect(await codeOf(await ask(await node.token({ room, ttlSeconds: -60 })))).to.equal('tokenExpired');
    const long = await node.token({ room, metadata: 'x'.repeat(4_000) });
    const shown = await ask(long, { origin: 'https://shop.example' });
    expect([shown.status, shown.headers.get('access-control-allow-origin')]).to.deep.equal([200, '*']);
  });

  it('for the shop has what people share, and nothing that is private', async () => {
    const [ann, bob] = [await letIn('ann'), await letIn('bob')];
    await showCup(host);
    const still = await takeStill(node, host, host);
    await write(ann, 'private', false);
    const shared = await write(bob, 'for all', true);
    expect(await restExport()).to.deep.include({ room, identity: null, notes: [shared], stills: [still] });
    const other = await restExport(`${OTHER_KEY}:${OTHER_SECRET}`);
    expect(other).to.deep.include({ guide: null, notes: [], stills: [] });
  });

  it('of all that is kept of a person has their notes, which are gone for everyone when the person is forgotten', async () => {
    const identity = `forgotten ${room}`;
    const [ann, bob] = [await letIn(identity), await letIn('bob')];
    const note = await write(ann, 'for all', true);
    const kept = await write(bob, 'of bob', true);
    const path = `/people/${encodeURIComponent(identity)}`;
    const { body } = await callRest(node, 'GET', `${path}/export`);
    expect(body).to.deep.equal({ identity, records: [{ type: 'note', room, note }] });
    expect((await callRest(node, 'DELETE', path)).status).to.equal(204);
    expect(await bob.client.notification('noteWithdrawn')).to.deep.equal({ teaId: 'oolong', identity });
    expect((await callRest(node, 'GET', `${path}/export`)).body).to.deep.equal({ identity, records: [] });
    expect((await restExport()).notes).to.deep.equal([kept]);
  });

  it('of all that is kept of a person has what the rules of rooms say, of which a ban holds when the person is forgotten', async () => {
    const identity = `ruled ${room}`;
    const path = `/people/${encodeURIComponent(identity)}`;
    const records = async () => (await callRest(node, 'GET', `${path}/export`)).body as { records: unknown[] };
    const ann = await letIn(identity, { name: 'Ann' });
    await host.client.request('handOver', { participantId: ann.participantId });
    await ann.client.notification('roleChanged');
    const handOver = { from: 'host', to: identity, toName: 'Ann' };
    expect((await records()).records).to.deep.equal([{ type: 'handOver', room, handOver }]);
    expect((await callRest(node, 'DELETE', path)).status).to.equal(204);
    await host.client.notification('roleChanged', ({ self }) => self.role === 'host');
    expect((await records()).records).to.deep.equal([]);
    await host.client.request('removeParticipant', { participantId: ann.participantId, ban: true });
    const { bans } = await host.client.request('listBans', {});
    expect(bans).to.have.nested.property('[0].name', 'Ann');
    expect((await records()).records).to.deep.equal([{ type: 'ban', room, ban: bans[0] }]);
    expect((await callRest(node, 'DELETE', path)).status).to.equal(204);
    const ban = { ...bans[0]!, name: identity };
    await node.settled?.();
    expect((await host.client.request('listBans', {})).bans).to.deep.equal([ban]);
    expect((await records()).records).to.deep.equal([{ type: 'ban', room, ban }]);
    const again = await visitors.open(identity, { room });
    expect(await again.refusal()).to.include({ code: 'participantBanned' });
  });
});
