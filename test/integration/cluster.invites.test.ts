import { expect } from 'chai';
import type { Invite } from '../../protocol/invites.ts';
import { Devices } from '../helpers/Devices.ts';
import { codeOfInvite, InviteLinks, newDevice } from '../helpers/InviteLinks.ts';
import { PostgresServer } from '../helpers/PostgresServer.ts';
import { callRest } from '../helpers/restClient.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import type { TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('invitations and the counter on several nodes', () => {
  let postgres: PostgresServer;
  let cluster: TestCluster;
  const clients: SignalingClient[] = [];
  const one = () => cluster.nodes[0]!;
  const two = () => cluster.nodes[1]!;
  const linksOfTwo = new InviteLinks(two);
  const counters = new Devices(() => two());

  before(async () => {
    postgres = await PostgresServer.start();
    const sections = {
      database: { url: await postgres.createDatabase() },
      rooms: { lobby: true },
      cluster: { placement: 'region' as const },
    };
    // Each takes who comes to it, so that the room spans both.
    cluster = await TestCluster.start(2, sections, (index) => ({ region: `region-${index}` }));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.cut();
    counters.clear();
    await cluster.closeRooms();
  });
  after(async () => {
    await cluster.close();
    await postgres.close();
  });

  const join = async (node: TestServer, token: string) => {
    const joined = await SignalingClient.join(node.url, token);
    clients.push(joined.client);
    return joined;
  };
  const joinHost = async () => (await join(one(), await one().token({ identity: 'host', role: 'host' }))).client;
  const invite = async (host: SignalingClient, maxUses = 1): Promise<Invite> =>
    (await host.request('createInvite', { role: 'expert', name: '陈老师', maxUses })).invite;
  const changedTo = (host: SignalingClient, state: Invite['state']) =>
    host.notification('inviteChanged', ({ invite: changed }) => changed.state === state);

  it('tell the host on one node how far someone on another has come', async () => {
    const host = await joinHost();
    await host.request('listInvites', {});
    const made = await invite(host);
    const { token } = await linksOfTwo.open(made);
    await changedTo(host, 'opened');
    const expert = await join(two(), token!);
    await changedTo(host, 'lobby');
    // Also by way of a node that asks for it.
    const { body } = await callRest(two(), 'GET', '/rooms/tea/invites');
    expect((body as { invites: Invite[] }).invites[0]?.state).to.equal('lobby');
    await host.request('admit', { participantId: expert.snapshot.self.participantId });
    await changedTo(host, 'joined');
    await expert.client.request('leave', {});
    await changedTo(host, 'left');
  });

  it('let in as many as may, whichever node they come to', async () => {
    const made = await invite(await joinHost(), 3);
    const code = codeOfInvite(made);
    const links = [new InviteLinks(one), linksOfTwo];
    const answers = await Promise.all(
      Array.from(
        { length: 10 },
        async (_, index) => (await links[index % 2]!.post({ code, device: newDevice() })).status,
      ),
    );
    expect(answers.filter((status) => status === 200)).to.have.length(3);
    expect(answers.filter((status) => status === 410)).to.have.length(7);
  });

  it('send away who waits on another node when they are revoked', async () => {
    const host = await joinHost();
    const made = await invite(host);
    const { token } = await linksOfTwo.open(made);
    const { client } = await join(two(), token!);
    await host.request('revokeInvite', { inviteId: made.inviteId });
    expect(await client.refusal()).to.include({ code: 'inviteRevoked' });
    expect(await linksOfTwo.refusalOf(made)).to.equal('410 inviteRevoked');
  });

  it('tell a counter of one node who waits on another', async () => {
    const counter = await counters.counter();
    expect((await counter.request('listRooms', {})).rooms).to.deep.equal([]);
    await join(one(), await one().token({ identity: 'guest' }));
    await counter.event('roomsChanged');
    const rooms = await waitFor('the guest to be shown as waiting', async () => {
      const listed = (await counter.request('listRooms', {})).rooms;
      return listed[0]?.waiting.length === 1 ? listed : undefined;
    });
    expect(rooms.map(({ name, waiting }) => [name, waiting[0]?.identity])).to.deep.equal([['tea', 'guest']]);
  });
});
