import { expect } from 'chai';
import { decodeJwt } from 'jose';
import type { CreateInvite, Invite } from '../../protocol/invites.ts';
import { InviteCodes } from '../../server/auth/InviteCodes.ts';
import { RETURN_MS } from '../../server/storage/invites/decideOpening.ts';
import { Devices } from '../helpers/Devices.ts';
import { codeOfInvite, InviteLinks, newDevice } from '../helpers/InviteLinks.ts';
import { callRest } from '../helpers/restClient.ts';
import { OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('an invitation', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const devices = new Devices(() => node);
  const links = new InviteLinks(() => node);
  let test = 0;
  /** A room of each test, so that none sees the invitations of another. */
  const room = () => `tea-${test}`;

  before(async () => (node = await startTestServer({ rooms: { lobby: true } }, { sharesMessages: true })));
  beforeEach(() => (test += 1));
  afterEach(() => {
    devices.clear();
    visitors.clear();
  });
  after(() => node.close());

  const joinHost = (name = 'host') => visitors.join(name, { role: 'host', room: room(), name: '李师傅' });
  const invite = async ({ client }: Visitor, asked: Partial<CreateInvite> = {}): Promise<Invite> =>
    (await client.request('createInvite', { role: 'expert', name: '陈老师', ...asked })).invite;
  /** Comes by a link, as far as one gets. */
  const come = async (link: Invite, device = newDevice()) => {
    const { token } = await links.open(link, { device });
    return visitors.join('invited', { rawToken: token! });
  };
  const letIn = async (host: Visitor, link: Invite) => {
    const guest = await come(link);
    await host.client.request('admit', { participantId: guest.participantId });
    await guest.client.notification('admitted');
    return guest;
  };
  const stateIn = async (host: Visitor, { inviteId }: Invite) => {
    const { invites } = await host.client.request('listInvites', {});
    return invites.find((listed) => listed.inviteId === inviteId);
  };
  const changedTo = (host: Visitor, state: Invite['state']) =>
    host.client.notification('inviteChanged', ({ invite: changed }) => changed.state === state);

  it('lets someone in without an account, first into the lobby', async () => {
    const host = await joinHost();
    const made = await invite(host);
    expect(made).to.deep.include({ role: 'expert', name: '陈老师', state: 'sent', people: [], maxUses: 1 });
    expect(made.createdBy).to.deep.equal({ identity: 'host', name: '李师傅' });
    const opened = await links.open(made);
    expect(opened).to.deep.include({ room: room(), role: 'expert', name: '陈老师', invitedBy: '李师傅' });
    const expert = await visitors.join('invited', { rawToken: opened.token! });
    expect(expert.snapshot.stage).to.equal('lobby');
    expect(expert.snapshot.self).to.deep.include({
      identity: `invite-${made.inviteId}-1`,
      name: '陈老师',
      role: 'expert',
    });
  });

  it('shows how far it has come to who asked for it', async () => {
    const host = await joinHost();
    const made = await invite(host);
    expect((await stateIn(host, made))?.state).to.equal('sent');
    const { token } = await links.open(made);
    await changedTo(host, 'opened');
    const expert = await visitors.join('invited', { rawToken: token! });
    const { invite: waiting } = await changedTo(host, 'lobby');
    expect(waiting.people.map(({ name, state }) => [name, state])).to.deep.equal([['陈老师', 'lobby']]);
    await host.client.request('admit', { participantId: expert.participantId });
    await changedTo(host, 'joined');
    await expert.client.request('leave', {});
    await changedTo(host, 'left');
    expect((await stateIn(host, made))?.state).to.equal('left');
  });

  it('is shown as new to the others who asked', async () => {
    const [one, two] = [await joinHost('one'), await joinHost('two')];
    await two.client.request('listInvites', {});
    const made = await invite(one);
    const { invite: told } = await two.client.notification('inviteChanged');
    expect(told).to.deep.equal(made);
  });

  it('is of a device: the same one comes back as the same person, another one is one more', async () => {
    const host = await joinHost();
    const made = await invite(host);
    const device = newDevice();
    const [first, again] = [await links.open(made, { device }), await links.open(made, { device })];
    expect(decodeJwt(again.token!).sub).to.equal(decodeJwt(first.token!).sub);
    expect(await links.refusalOf(made)).to.equal('410 inviteUsedUp');
    expect((await stateIn(host, made))?.people).to.have.length(1);
  });

  it('lets one of two in who come at once for the last use', async () => {
    const host = await joinHost();
    const made = await invite(host, { maxUses: 2 });
    await links.open(made);
    const code = codeOfInvite(made);
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => (await links.post({ code, device: newDevice() })).status),
    );
    expect(answers.sort()).to.deep.equal([200, 410, 410, 410, 410, 410]);
  });

  it('asks for a name where it has none, and uses up nothing by that', async () => {
    const host = await joinHost();
    const made = await invite(host, { name: null });
    const device = newDevice();
    expect(await links.open(made, { device })).to.deep.include({ token: null, name: null, invitedBy: '李师傅' });
    expect((await stateIn(host, made))?.state).to.equal('sent');
    const { token, name } = await links.open(made, { device, name: '王阿姨' });
    expect([decodeJwt(token!).name, name]).to.deep.equal(['王阿姨', '王阿姨']);
    expect((await links.open(made, { device })).name).to.equal('王阿姨');
  });

  it('makes a token that is good for twelve hours', async () => {
    const host = await joinHost();
    const { exp, iat } = decodeJwt((await links.open(await invite(host))).token!);
    expect((exp! - iat!) * 1_000).to.be.within(RETURN_MS - 2_000, RETURN_MS + 2_000);
  });

  it('is a secret that nobody finds: whatever is wrong with it reads the same', async () => {
    const host = await joinHost();
    const [inviteId, signature = ''] = codeOfInvite(await invite(host)).split('.');
    const turned = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const code of [`${inviteId}.${turned}`, `01a204e2-7c3e-7000-8000-000000000000.${signature}`]) {
      expect(await links.refusalOf({ path: `/invite#${code}` })).to.equal('404 inviteNotFound');
    }
  });

  it('is opened with a device and a code alone, and nothing else is taken', async () => {
    const host = await joinHost();
    const code = codeOfInvite(await invite(host));
    const device = newDevice();
    const bodies = [
      {},
      { code },
      { code, device: 'short' },
      { code, device, role: 'host' },
      { code, device, name: '' },
    ];
    for (const body of bodies) expect((await links.post(body)).status, JSON.stringify(body)).to.equal(400);
    const plain = await links.post({ code, device }, { 'Content-Type': 'text/plain' });
    expect(plain.status).to.equal(400);
  });

  it('gives what the inviter has, and nothing beyond', async () => {
    const poor = await visitors.join('poor', {
      role: 'guest',
      room: room(),
      grants: { admit: true, invite: true, stills: false },
    });
    const beyond = await poor.client.refusalOf('createInvite', { role: 'guest', grants: { moderate: true } });
    expect(beyond).to.include({ code: 'notAllowed', path: 'grants.moderate' });
    const guest = await come(await invite(poor, { role: 'guest', grants: { admit: true } }));
    expect(guest.snapshot.grants).to.include({ admit: true, stills: false, lookAhead: false });
    expect(await poor.client.refusalOf('createInvite', { role: 'host' })).to.include({ code: 'badRequest' });
  });

  it('is made, seen and taken back only by who may invite, and is in the room', async () => {
    const host = await joinHost();
    const made = await invite(host);
    const expert = await come(made);
    const requests = [
      ['createInvite', { role: 'guest' }],
      ['listInvites', {}],
      ['revokeInvite', { inviteId: made.inviteId }],
    ] as const;
    const refuses = async () => {
      for (const [method, data] of requests) {
        expect(await expert.client.refusalOf(method, data), method).to.include({ code: 'notAllowed' });
      }
    };
    await refuses();
    await host.client.request('admit', { participantId: expert.participantId });
    await expert.client.notification('admitted');
    await refuses();
  });

  it('lets nobody in after it was revoked, and sends away who waits by it', async () => {
    const host = await joinHost();
    const made = await invite(host, { maxUses: 3 });
    const { token } = await links.open(made);
    const waiting = await come(made);
    const { invite: revoked } = await host.client.request('revokeInvite', { inviteId: made.inviteId });
    expect(revoked.revokedAt).to.be.a('number');
    expect(await waiting.client.refusal()).to.include({ code: 'inviteRevoked' });
    expect(await links.refusalOf(made)).to.equal('410 inviteRevoked');
    const late = await visitors.open('invited', { rawToken: token! });
    expect(await late.refusal()).to.include({ code: 'inviteRevoked' });
    await waitFor(
      'the invitation to be shown as revoked',
      async () => (await stateIn(host, made))?.state === 'revoked',
    );
  });

  it('leaves who was let in where they are when it is revoked', async () => {
    const host = await joinHost();
    const made = await invite(host);
    const expert = await come(made);
    await host.client.request('admit', { participantId: expert.participantId });
    await expert.client.notification('admitted');
    const { invite: revoked } = await host.client.request('revokeInvite', { inviteId: made.inviteId });
    expect(revoked.state).to.equal('joined');
    await expert.client.request('ping', {});
  });

  it('is not known in another room', async () => {
    const made = await invite(await joinHost());
    test += 1;
    const stranger = await joinHost();
    const { inviteId } = made;
    expect(await stranger.client.refusalOf('revokeInvite', { inviteId })).to.include({ code: 'inviteNotFound' });
    expect((await stranger.client.request('listInvites', {})).invites).to.deep.equal([]);
  });

  it('is revoked when who came by it is banned', async () => {
    const host = await joinHost();
    const made = await invite(host, { maxUses: 2 });
    const expert = await come(made);
    await host.client.request('removeParticipant', { participantId: expert.participantId, ban: true });
    expect(await expert.client.refusal()).to.include({ code: 'participantBanned' });
    await waitFor('the invitation to be revoked', async () => (await links.refusalOf(made)) === '410 inviteRevoked');
  });

  it('is revoked when who made it is banned, and so is what was made by who came by it', async () => {
    const host = await joinHost();
    await host.client.request('listInvites', {});
    const expert = await letIn(host, await invite(host, { grants: { invite: true } }));
    const made = await invite(expert, { grants: { invite: true }, maxUses: 2 });
    const friend = await letIn(host, made);
    const further = await invite(friend);
    const kept = await invite(host);
    await host.client.request('removeParticipant', { participantId: expert.participantId, ban: true });
    for (const link of [made, further]) {
      await host.client.notification(
        'inviteChanged',
        ({ invite: changed }) => changed.inviteId === link.inviteId && changed.revokedAt !== null,
      );
      expect(await links.refusalOf(link)).to.equal('410 inviteRevoked');
    }
    expect((await links.open(kept)).token).to.be.a('string');
    // Who was let in stays, and lets nobody else in.
    expect(await friend.client.refusalOf('createInvite', { role: 'guest' })).to.include({ code: 'inviteRevoked' });
  });

  it('takes along, when it is revoked, what was made by who came by it', async () => {
    const host = await joinHost();
    const first = await invite(host, { grants: { invite: true } });
    const expert = await letIn(host, first);
    const made = await invite(expert);
    const waiting = await come(made);
    await host.client.request('revokeInvite', { inviteId: first.inviteId });
    expect(await waiting.client.refusal()).to.include({ code: 'inviteRevoked' });
    expect(await links.refusalOf(made)).to.equal('410 inviteRevoked');
  });

  it('opens no messages after it was revoked, but to who was let in and is in the room', async () => {
    const host = await joinHost();
    const made = await invite(host, { maxUses: 3 });
    const opened = await Promise.all(['', '', ''].map(() => links.open(made)));
    const tokens = opened.map(({ token }) => token!);
    const enter = async (rawToken: string) => {
      const guest = await visitors.join('invited', { rawToken });
      await host.client.request('admit', { participantId: guest.participantId });
      await guest.client.notification('admitted');
      const device = await devices.connect('invited', { rawToken });
      const { conversation } = await device.request('openRoom', { room: room() });
      return { guest, device, conversationId: conversation.conversationId };
    };
    const [staying, leaving] = [await enter(tokens[0]!), await enter(tokens[1]!)];
    const { conversationId } = leaving;
    await leaving.guest.client.request('leave', {});
    await leaving.device.request('openConversation', { conversationId });
    await host.client.request('revokeInvite', { inviteId: made.inviteId });
    await waitFor(
      'who left to be out of the conversation',
      async () => (await leaving.device.refusalOf('openConversation', { conversationId })) === 'conversationNotFound',
    );
    await staying.device.request('openConversation', { conversationId });
    const again = await devices.connect('invited', { rawToken: tokens[0] });
    await again.request('openRoom', { room: room() });
    for (const rawToken of tokens.slice(1)) {
      const refused = await devices.connect('invited', { rawToken }).catch((error: unknown) => error);
      expect(refused).to.include({ code: 'inviteRevoked' });
    }
  });

  it('costs whoever comes without one nothing', async () => {
    const host = await joinHost();
    const guest = await visitors.join('guest', { room: room() });
    expect([host.snapshot.stage, guest.snapshot.stage]).to.deep.equal(['joined', 'lobby']);
    // A token that names one that was never made.
    const forged = await visitors.open('someone', { room: room(), invite: crypto.randomUUID() });
    expect(await forged.refusal()).to.include({ code: 'inviteNotFound' });
  });

  describe('of the backend of a shop', () => {
    const createdBy = { identity: 'backend', name: '茶庄' };
    const call = async <T>(...[method, path, body]: [Parameters<typeof callRest>[1], string, unknown?]) => {
      const answer = await callRest(node, method, path, body);
      expect(answer.status, JSON.stringify(answer.body)).to.be.lessThan(300);
      return answer.body as T;
    };
    const path = () => `/rooms/${room()}/invites`;

    it('is made before the room is open, seen with its state, and taken back', async () => {
      const made = await call<Invite>('POST', path(), { role: 'guest', createdBy, grants: { moderate: true } });
      expect(made).to.deep.include({ createdBy, name: null, state: 'sent', grants: { moderate: true } });
      const listed = async () => (await call<{ invites: Invite[] }>('GET', path())).invites;
      expect(await listed()).to.deep.equal([made]);
      const { token, invitedBy } = await links.open(made, { name: 'Ann' });
      expect(invitedBy).to.equal('茶庄');
      const guest = await visitors.join('invited', { rawToken: token! });
      expect((await listed()).map(({ state }) => state)).to.deep.equal(['lobby']);
      await call('DELETE', `${path()}/${made.inviteId}`);
      expect(await guest.client.refusal()).to.include({ code: 'inviteRevoked' });
      const again = await callRest(node, 'DELETE', `${path()}/${crypto.randomUUID()}`);
      expect(again.status).to.equal(404);
    });

    it('has an id of a form, and whatever has not is refused before the database hears of it', async () => {
      for (const inviteId of ['%00', 'no-invitation', `${crypto.randomUUID()}%00`]) {
        const { status, body } = await callRest(node, 'DELETE', `${path()}/${inviteId}`);
        expect(status, inviteId).to.equal(400);
        expect(body, inviteId).to.have.nested.include({ 'error.code': 'badRequest', 'error.path': 'inviteId' });
      }
      const host = await joinHost();
      const refusal = await host.client.refusalOf('revokeInvite', { inviteId: '\0' });
      expect(refusal).to.include({ code: 'badRequest', path: 'inviteId' });
    });

    it('is not seen by another shop', async () => {
      const made = await call<Invite>('POST', path(), { role: 'guest', createdBy });
      const stranger = `${OTHER_KEY}:${OTHER_SECRET}`;
      const { body } = await callRest(node, 'GET', path(), undefined, stranger);
      expect(body).to.deep.equal({ invites: [] });
      const revoked = await callRest(node, 'DELETE', `${path()}/${made.inviteId}`, undefined, stranger);
      expect(revoked.status).to.equal(404);
      expect((await links.open(made, { name: 'Ann' })).token).to.be.a('string');
    });

    it('is not opened, and not touched, by what another shop signs', async () => {
      const made = await call<Invite>('POST', path(), { role: 'guest', createdBy });
      const { inviteId } = made;
      const code = new InviteCodes({ [OTHER_KEY]: OTHER_SECRET }).make({ tenant: OTHER_KEY, inviteId });
      expect(await links.refusalOf({ path: `/invite#${code}` }, { name: 'Eve' })).to.equal('404 inviteNotFound');
      await links.open(made, { name: 'Ann' });
      const stranger = `${OTHER_KEY}:${OTHER_SECRET}`;
      const theirs = (await callRest(node, 'POST', path(), { role: 'guest', createdBy }, stranger)).body as Invite;
      const options = { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET, room: room(), invite: theirs.inviteId };
      await visitors.join(`invite-${inviteId}-1`, options);
      const { token } = await links.open(theirs, { name: 'Bob' });
      const bob = await visitors.join('invited', { rawToken: token! });
      await bob.client.request('leave', {});
      const stateOf = async (keys?: string) =>
        ((await callRest(node, 'GET', path(), undefined, keys)).body as { invites: Invite[] }).invites[0]?.state;
      // It is written of Bob that he came, so what came before him would be written too.
      await waitFor('Bob to be shown as gone', async () => (await stateOf(stranger)) === 'left');
      expect(await stateOf()).to.equal('opened');
    });

    it('is told and forgotten with a person', async () => {
      const inviter = { identity: `inviter-${test}`, name: 'Ann' };
      const made = await call<Invite>('POST', path(), { role: 'guest', createdBy: inviter });
      await links.open(made, { name: 'Bob' });
      const invited = `invite-${made.inviteId}-1`;
      const kept = async (identity: string) =>
        (await call<{ records: { type: string }[] }>('GET', `/people/${identity}/export`)).records;
      expect((await kept(inviter.identity)).map(({ type }) => type)).to.deep.equal(['invite']);
      expect(await kept(invited)).to.have.nested.property('[0].inviteUse.name', 'Bob');
      await call('DELETE', `/people/${inviter.identity}`);
      await call('DELETE', `/people/${invited}`);
      expect(await kept(inviter.identity)).to.deep.equal([]);
      const { invites } = await call<{ invites: Invite[] }>('GET', path());
      expect(JSON.stringify(invites)).to.not.match(/Ann|Bob|inviter-/);
    });
  });
});
