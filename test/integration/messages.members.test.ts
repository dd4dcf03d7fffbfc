import { expect } from 'chai';
import type { MemberRole } from '../../protocol/conversations.ts';
import { limits } from '../../protocol/limits.ts';
import { Devices } from '../helpers/Devices.ts';
import type { MessagingClient } from '../helpers/MessagingClient.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('conversations', () => {
  let node: TestServer;
  const devices = new Devices(() => node);
  const visitors = new Visitors(() => node);
  /** Each test has people and a room of its own. */
  let test = 0;
  const named = (name: string) => `${name}-${test}`;

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } }, { sharesMessages: true });
  });
  beforeEach(() => (test += 1));
  afterEach(() => {
    devices.clear();
    visitors.clear();
  });
  after(() => node.close());

  describe('of a room', () => {
    const room = () => named('room');
    const open = (client: MessagingClient) => client.request('openRoom', { room: room() });
    const enter = (name: string, role: 'host' | 'guest' | 'observer', more = {}) =>
      visitors.join(named(name), { room: room(), role, ...more });
    const device = (name: string, role: 'host' | 'guest' | 'observer' = 'guest') =>
      devices.connect(named(name), { room: room(), role });

    it('are for those who are in it, each with the role that the room gives', async () => {
      await enter('host', 'host');
      await enter('guest', 'guest', { grants: { admit: true } });
      await enter('hidden', 'observer', { grants: { admit: true } });
      const host = await device('host', 'host');
      const opened = await open(host);
      expect(opened.conversation).to.include({ kind: 'room', room: room(), title: room(), role: 'host' });
      const guest = await open(await device('guest'));
      expect(guest.conversation).to.include({ conversationId: opened.conversation.conversationId, role: 'member' });
      const hidden = await open(await device('hidden', 'observer'));
      expect(hidden.conversation).to.include({ role: 'observer', memberCount: 3 });
      await host.event('members', ({ members }) => members[0]?.identity === named('hidden'));
    });

    it('are not for who waits in the lobby, until the host lets them in', async () => {
      const host = await enter('host', 'host');
      const waiting = await enter('guest', 'guest');
      const guest = await device('guest');
      expect(await guest.refusalOf('openRoom', { room: room() })).to.equal('notAllowed');
      await host.client.request('admit', { participantId: waiting.participantId });
      await waiting.client.notification('admitted');
      expect((await open(guest)).conversation.role).to.equal('member');
    });

    it('are not for who has a token and is not in the room, nor for who has a token of another room', async () => {
      await enter('host', 'host');
      const outside = await device('outside');
      expect(await outside.refusalOf('openRoom', { room: room() })).to.equal('notAllowed');
      const elsewhere = await devices.connect(named('host'), { room: 'another', role: 'host' });
      expect(await elsewhere.refusalOf('openRoom', { room: room() })).to.equal('notAllowed');
      const without = await devices.connect(named('host'));
      expect(await without.refusalOf('openRoom', { room: room() })).to.equal('notAllowed');
    });

    it('stay open to who has left the room', async () => {
      const host = await enter('host', 'host');
      const client = await device('host', 'host');
      const { conversationId } = (await open(client)).conversation;
      await host.client.request('leave', {});
      expect((await open(client)).conversation.conversationId).to.equal(conversationId);
      const later = await devices.connect(named('host'));
      expect(await later.say(conversationId, 'thank you')).to.have.length(1);
    });

    for (const ban of [false, true]) {
      it(`end for who is ${ban ? 'banned from' : 'sent out of'} the room by its host`, async () => {
        const host = await enter('host', 'host');
        const guest = await enter('guest', 'guest', { grants: { admit: true } });
        const removed = await device('guest');
        const { conversationId } = (await open(removed)).conversation;
        const shop = await device('host', 'host');
        await open(shop);
        await host.client.request('removeParticipant', { participantId: guest.participantId, ban });
        expect(await removed.event('conversationGone')).to.deep.equal({ conversationId });
        expect((await shop.event('members', ({ gone }) => gone.length > 0)).gone).to.deep.equal([named('guest')]);
        expect(await removed.refusalOf('history', { conversationId })).to.equal('conversationNotFound');
        expect(await removed.refusalOf('openRoom', { room: room() })).to.equal('notAllowed');
        await shop.say(conversationId, 'among us');
        await removed.request('listConversations', {});
        expect(removed.received('messages')).to.deep.equal([]);
      });
    }
  });

  describe('of a customer with the shop', () => {
    it('are one for each customer, of which the counter hears with the first opening', async () => {
      const counter = await devices.counter(named('shop'));
      const customer = await devices.connect(named('customer'), { name: '王小姐' });
      const [first, second] = await Promise.all([customer.openShop(), customer.openShop()]);
      expect(first.conversation.conversationId).to.equal(second.conversation.conversationId);
      expect(first.conversation).to.include({ kind: 'shop', title: '王小姐', customer: named('customer') });
      const { conversation } = await counter.event('conversation', (data) => data.conversation.title === '王小姐');
      const { conversationId } = conversation;
      await customer.say(conversationId, 'good morning');
      await counter.event('messages', ({ messages }) => messages[0]?.conversationId === conversationId);
      const { conversations } = await counter.request('listConversations', { limit: 1 });
      expect(conversations[0]).to.include({ conversationId, role: 'host', unread: 1, readSeq: 0 });
    });

    it('have those of the counter as hosts once they have looked', async () => {
      const customer = await devices.connect(named('customer'));
      const { conversationId } = (await customer.openShop()).conversation;
      const counter = await devices.counter(named('shop'));
      const { members } = await counter.request('openConversation', { conversationId });
      expect(members.map(({ identity, role }) => [identity, role])).to.have.deep.members([
        [named('customer'), 'member'],
        [named('shop'), 'host'],
      ]);
      await customer.event('members', (data) => data.members[0]?.identity === named('shop'));
    });

    it('are nothing for the counter as a customer, nor for other customers', async () => {
      const customer = await devices.connect(named('customer'));
      const { conversationId } = (await customer.openShop()).conversation;
      const other = await devices.connect(named('other'));
      expect(await other.refusalOf('openConversation', { conversationId })).to.equal('conversationNotFound');
      const counter = await devices.counter(named('shop'));
      expect(await counter.refusalOf('openShop', {})).to.equal('notAllowed');
    });

    it('have another title when the customer has another name', async () => {
      await (await devices.connect(named('customer'), { name: 'Before' })).openShop();
      const later = await devices.connect(named('customer'), { name: 'After' });
      const { conversation, members } = await later.openShop();
      expect(conversation.title).to.equal('After');
      expect(members.map(({ name }) => name)).to.deep.equal(['After']);
    });
  });

  describe('of a group', () => {
    const make = async (members: { identity: string; role?: MemberRole }[]) => {
      const host = await devices.counter(named('host'));
      const { conversation } = await host.request('createGroup', {
        title: 'Spring harvest',
        members: members.map(({ identity, role }) => ({ identity: named(identity), name: identity, role })),
      });
      return { host, conversationId: conversation.conversationId, conversation };
    };

    it('are made by the counter, and their members hear of it', async () => {
      const member = await devices.connect(named('member'));
      const { conversation } = await make([{ identity: 'member' }]);
      expect(conversation).to.include({ kind: 'group', title: 'Spring harvest', role: 'host', memberCount: 2 });
      const told = await member.event('conversation');
      expect(told.conversation.conversationId).to.equal(conversation.conversationId);
      const listed = (await member.request('listConversations', {})).conversations;
      expect(listed.map(({ conversationId, role }) => [conversationId, role])).to.deep.equal([
        [conversation.conversationId, 'member'],
      ]);
      expect(await member.refusalOf('createGroup', { title: 'Mine', members: [] })).to.equal('notAllowed');
    });

    it('allow each role what the table says', async () => {
      const { host, conversationId } = await make([
        { identity: 'member' },
        { identity: 'observer', role: 'observer' },
        { identity: 'cohost', role: 'host' },
        { identity: 'subject' },
      ]);
      const subject = await devices.connect(named('subject'));
      await subject.say(conversationId, 'to be deleted');
      const stranger = await devices.connect(named('stranger'));
      const codes = async (client: MessagingClient) => ({
        read: await client.refusalOf('history', { conversationId }),
        send: await client.refusalOf('send', { conversationId, messages: [client.draft('hello')] }),
        react: await client.refusalOf('react', { conversationId, seq: 1, emoji: '🍵', on: true }),
        deleteAny: await client.refusalOf('deleteMessage', { conversationId, seq: 1 }),
        addMembers: await client.refusalOf('addMembers', {
          conversationId,
          members: [{ identity: named('subject'), name: 'subject' }],
        }),
        removeMember: await client.refusalOf('removeMember', { conversationId, identity: named('subject') }),
      });
      const [yes, no] = ['no error', 'notAllowed'];
      expect(await codes(stranger)).to.deep.equal(
        Object.fromEntries(
          ['read', 'send', 'react', 'deleteAny', 'addMembers', 'removeMember'].map((action) => [
            action,
            'conversationNotFound',
          ]),
        ),
      );
      const observer = await codes(await devices.connect(named('observer')));
      expect(observer).to.deep.equal({
        read: yes,
        send: no,
        react: no,
        deleteAny: no,
        addMembers: no,
        removeMember: no,
      });
      const member = await codes(await devices.connect(named('member')));
      expect(member).to.deep.equal({
        read: yes,
        send: yes,
        react: yes,
        deleteAny: no,
        addMembers: no,
        removeMember: no,
      });
      const cohost = await codes(await devices.connect(named('cohost')));
      expect(cohost).to.deep.equal({
        read: yes,
        send: yes,
        react: yes,
        deleteAny: yes,
        addMembers: yes,
        removeMember: yes,
      });
      expect(await subject.refusalOf('history', { conversationId })).to.equal('conversationNotFound');
      const { members } = await host.request('listMembers', { conversationId });
      expect(members.map(({ identity }) => identity)).not.to.include(named('subject'));
    });

    it('take people in while they are connected, who hear of all that follows', async () => {
      const { host, conversationId } = await make([]);
      const late = await devices.connect(named('late'));
      await host.say(conversationId, 'before');
      await host.request('addMembers', { conversationId, members: [{ identity: named('late'), name: 'late' }] });
      await late.event('conversation');
      await host.say(conversationId, 'after');
      await waitFor('the message to come', () => late.texts(conversationId).includes('after'));
      const { messages } = await late.request('sync', { conversationId, after: 0 });
      expect(messages).to.have.length(2);
    });

    it('are left by whoever wants to, observers too', async () => {
      const { host, conversationId } = await make([{ identity: 'observer', role: 'observer' }]);
      const observer = await devices.connect(named('observer'));
      await observer.request('removeMember', { conversationId, identity: named('observer') });
      await observer.event('conversationGone');
      const { conversation } = await host.event('conversation', (data) => data.conversation.memberCount === 1);
      expect(conversation.conversationId).to.equal(conversationId);
    });

    it('of many tell nobody of receipts, typing and presence, but each of the own', async () => {
      const crowd = Array.from({ length: limits.listedMembers }, (_, index) => ({ identity: `guest${index}` }));
      const { host, conversationId } = await make(crowd);
      const guest = await devices.connect(named('guest0'));
      const phone = await devices.connect(named('guest0'));
      const opened = await guest.request('openConversation', { conversationId });
      expect(opened.members.map(({ identity }) => identity)).to.deep.equal([named('guest0')]);
      await host.say(conversationId, 'welcome');
      guest.notify('typing', { conversationId });
      await guest.request('markRead', { conversationId, seq: 1 });
      await phone.event('receipts');
      await host.request('openConversation', { conversationId });
      const names = host.events.map(({ name }) => name);
      expect(names).not.to.include.members(['receipts']);
      expect(names).not.to.include.members(['typing']);
      const { members, more } = await host.request('listMembers', { conversationId, limit: 100 });
      expect([members.length, more]).to.deep.equal([100, true]);
    });
  });
});
