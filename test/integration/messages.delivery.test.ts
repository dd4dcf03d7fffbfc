import { expect } from 'chai';
import type { Message } from '../../protocol/messages.ts';
import { Devices } from '../helpers/Devices.ts';
import type { MessagingClient } from '../helpers/MessagingClient.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('messages', () => {
  let node: TestServer;
  const devices = new Devices(() => node);
  /** Each test has people of its own. */
  let test = 0;
  const named = (name: string) => `${name}-${test}`;

  before(async () => (node = await startTestServer({}, { sharesMessages: true })));
  beforeEach(() => (test += 1));
  afterEach(() => devices.clear());
  after(() => node.close());

  /** A customer and someone of the shop in the conversation of both. */
  const meet = async () => {
    const customer = await devices.connect(named('customer'));
    const { conversationId } = (await customer.openShop()).conversation;
    const shop = await devices.counter(named('shop'));
    await shop.request('openConversation', { conversationId });
    return { customer, shop, conversationId };
  };
  const all = async (client: MessagingClient, conversationId: string) =>
    (await client.request('sync', { conversationId, after: 0 })).messages;

  describe('sent', () => {
    it('are numbered in order, answered with their places, and reach everyone in that order', async () => {
      const { customer, shop, conversationId } = await meet();
      const first = await customer.say(conversationId, 'one', 'two');
      const second = await shop.say(conversationId, 'three');
      expect([...first, ...second].map(({ seq, change }) => [seq, change])).to.deep.equal([
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
      expect(first[0]).to.deep.include({
        conversationId,
        from: { identity: named('customer'), name: named('customer') },
        content: { type: 'text', text: 'one' },
        replyTo: null,
        editedAt: null,
        reactions: [],
      });
      for (const client of [customer, shop]) {
        await waitFor('all to come', () => client.texts(conversationId).length === 3);
        expect(client.texts(conversationId)).to.deep.equal(['one', 'two', 'three']);
      }
    });

    it('say after which change they come, so that a gap is noticed', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one');
      await customer.say(conversationId, 'two', 'three');
      await waitFor('all to come', () => shop.texts(conversationId).length === 3);
      const steps = shop.received('messages').map(({ previous, messages }) => [previous, messages.at(-1)?.change]);
      expect(steps).to.deep.equal([
        [0, 1],
        [1, 3],
      ]);
    });

    it('again are stored once, and answered and told as before', async () => {
      const { customer, shop, conversationId } = await meet();
      const messages = [customer.draft('one'), customer.draft('two')];
      const first = await customer.request('send', { conversationId, messages });
      const again = await customer.request('send', {
        conversationId,
        messages: [...messages, customer.draft('three')],
      });
      expect(again.messages.slice(0, 2)).to.deep.equal(first.messages);
      expect((await all(shop, conversationId)).map(({ seq }) => seq)).to.have.length(3);
      await waitFor('all to come', () => shop.texts(conversationId).length === 3);
      expect(shop.texts(conversationId)).to.deep.equal(['one', 'two', 'three']);
    });

    it('by one person with the number of another are both kept', async () => {
      const { customer, shop, conversationId } = await meet();
      const message = customer.draft('mine');
      await customer.request('send', { conversationId, messages: [message] });
      await shop.request('send', { conversationId, messages: [message] });
      expect(await all(shop, conversationId)).to.have.length(2);
    });

    it('by many at once keep the order of each sender and have no number twice', async () => {
      const { customer, shop, conversationId } = await meet();
      const texts = (who: string) => Array.from({ length: 20 }, (_, index) => `${who} ${index}`);
      const send = async (client: MessagingClient, who: string) => {
        for (const text of texts(who)) await client.say(conversationId, text);
      };
      const second = await devices.connect(named('customer'));
      await Promise.all([send(customer, 'a'), send(second, 'b'), send(shop, 'c')]);
      const stored = await all(customer, conversationId);
      expect(new Set(stored.map(({ seq }) => seq)).size).to.equal(60);
      const said = stored.map(({ content }) => (content?.type === 'text' ? content.text : ''));
      for (const who of ['a', 'b', 'c']) expect(said.filter((text) => text.startsWith(who))).to.deep.equal(texts(who));
    });

    it('answer a message that is there, and no other', async () => {
      const { customer, conversationId } = await meet();
      await customer.say(conversationId, 'one');
      const reply = await customer.request('send', {
        conversationId,
        messages: [{ ...customer.draft('two'), replyTo: 1 }],
      });
      expect(reply.messages[0]?.replyTo).to.equal(1);
      const wrong = { conversationId, messages: [{ ...customer.draft('three'), replyTo: 99 }] };
      expect(await customer.refusalOf('send', wrong)).to.equal('messageNotFound');
    });

    it('mention people, whom the list of conversations tells', async () => {
      const { customer, shop, conversationId } = await meet();
      const mentions = [named('shop'), named('shop')];
      await customer.request('send', { conversationId, messages: [{ ...customer.draft('look'), mentions }] });
      const { conversations } = await shop.request('listConversations', {});
      const own = conversations.find((conversation) => conversation.conversationId === conversationId);
      expect(own).to.include({ unread: 1, mentioned: true, lastChange: 1 });
    });
  });

  describe('missed', () => {
    it('are told by sync from the change that is known, page by page', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one', 'two', 'three');
      shop.cut();
      await customer.say(conversationId, 'four', 'five');
      await customer.request('edit', { conversationId, seq: 2, text: 'two, changed' });
      const back = await devices.counter(named('shop'));
      const first = await back.request('sync', { conversationId, after: 3, limit: 2 });
      expect(first.messages.map(({ seq }) => seq)).to.deep.equal([4, 5]);
      expect(first.more).to.equal(true);
      const rest = await back.request('sync', { conversationId, after: 5, limit: 2 });
      expect(rest.messages.map(({ seq, change, content }) => ({ seq, change, content }))).to.deep.equal([
        { seq: 2, change: 6, content: { type: 'text', text: 'two, changed' } },
      ]);
      expect(rest.more).to.equal(false);
    });

    it('come page by page from the history, the latest first', async () => {
      const { customer, conversationId } = await meet();
      await customer.say(conversationId, 'one', 'two', 'three');
      const last = await customer.request('history', { conversationId, limit: 2 });
      expect(last.messages.map(({ seq }) => seq)).to.deep.equal([3, 2]);
      const before = await customer.request('history', { conversationId, before: 2, limit: 2 });
      expect(before.messages.map(({ seq }) => seq)).to.deep.equal([1]);
      expect([last.more, before.more]).to.deep.equal([true, false]);
    });

    it('were stored though the sender’s connection broke before the answer', async () => {
      const { customer, shop, conversationId } = await meet();
      const messages = [customer.draft('one')];
      customer.notify('send', { conversationId, messages });
      await shop.event('messages');
      customer.cut();
      const back = await devices.connect(named('customer'));
      const again = await back.request('send', { conversationId, messages });
      expect(again.messages[0]?.seq).to.equal(1);
      expect(await all(back, conversationId)).to.have.length(1);
    });
  });

  describe('changed', () => {
    it('by their sender have another text, and everyone hears of it', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one');
      const { message } = await customer.request('edit', { conversationId, seq: 1, text: 'better' });
      expect(message).to.deep.include({ seq: 1, change: 2, content: { type: 'text', text: 'better' } });
      expect(message.editedAt).to.be.a('number');
      const { previous, messages } = await shop.event('messages', ({ messages: [first] }) => first?.change === 2);
      expect(previous).to.equal(1);
      expect(messages).to.deep.equal([message]);
    });

    it('are changed by nobody else, and not into nothing', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one');
      expect(await shop.refusalOf('edit', { conversationId, seq: 1, text: 'mine' })).to.equal('notAllowed');
      expect(await customer.refusalOf('edit', { conversationId, seq: 1, text: '  ' })).to.equal('badRequest');
      expect(await customer.refusalOf('edit', { conversationId, seq: 9, text: 'what' })).to.equal('messageNotFound');
    });

    it('are deleted by their sender or a host, and nobody answers or changes them any more', async () => {
      const { customer, shop, conversationId } = await meet();
      await shop.say(conversationId, 'of the shop');
      await customer.say(conversationId, 'of the customer', 'another');
      expect(await customer.refusalOf('deleteMessage', { conversationId, seq: 1 })).to.equal('notAllowed');
      await customer.request('deleteMessage', { conversationId, seq: 2 });
      const { message } = await shop.request('deleteMessage', { conversationId, seq: 3 });
      expect(message).to.deep.include({ seq: 3, content: null, mentions: [], reactions: [] });
      const again = await shop.request('deleteMessage', { conversationId, seq: 3 });
      expect(again.message).to.deep.equal(message);
      expect(await customer.refusalOf('edit', { conversationId, seq: 2, text: 'back' })).to.equal('messageNotFound');
      const reaction = { conversationId, seq: 2, emoji: '🍵', on: true };
      expect(await customer.refusalOf('react', reaction)).to.equal('messageNotFound');
    });

    it('have reactions, one of each kind of each person', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one');
      const react = async (client: MessagingClient, emoji: string, on: boolean): Promise<Message['reactions']> =>
        (await client.request('react', { conversationId, seq: 1, emoji, on })).message.reactions;
      await react(customer, '🍵', true);
      await react(shop, '🍵', true);
      await react(shop, '👍🏽', true);
      expect(await react(shop, '👍🏽', true)).to.deep.equal([
        { emoji: '🍵', identities: [named('customer'), named('shop')] },
        { emoji: '👍🏽', identities: [named('shop')] },
      ]);
      expect(await react(customer, '🍵', false)).to.deep.equal([
        { emoji: '🍵', identities: [named('shop')] },
        { emoji: '👍🏽', identities: [named('shop')] },
      ]);
      await shop.event('messages', ({ messages: [first] }) => first?.change === 5);
    });
  });

  describe('on several devices of one person', () => {
    it('are the same, those too that one of them sent', async () => {
      const { customer, shop, conversationId } = await meet();
      const phone = await devices.connect(named('customer'));
      await customer.say(conversationId, 'from the page');
      await phone.say(conversationId, 'from the phone');
      for (const client of [customer, phone, shop]) {
        await waitFor('both to come', () => client.texts(conversationId).length === 2);
        expect(client.texts(conversationId)).to.deep.equal(['from the page', 'from the phone']);
      }
    });

    it('are read on all of them when one has read them', async () => {
      const { customer, shop, conversationId } = await meet();
      const phone = await devices.connect(named('customer'));
      await shop.say(conversationId, 'one', 'two');
      await phone.request('markRead', { conversationId, seq: 2 });
      const read = { identity: named('customer'), deliveredSeq: 2, readSeq: 2 };
      for (const client of [customer, phone, shop]) {
        const { receipts } = await client.event('receipts', (data) => data.receipts[0]?.readSeq === 2);
        expect(receipts).to.deep.equal([read]);
      }
      const { conversations } = await customer.request('listConversations', {});
      expect(conversations[0]).to.include({ readSeq: 2, unread: 0 });
    });
  });

  describe('have receipts', () => {
    it('of what was delivered and what was read, which never go back nor beyond what there is', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one', 'two');
      await shop.request('markDelivered', { conversationId, seq: 2 });
      await shop.request('markRead', { conversationId, seq: 1 });
      await shop.request('markDelivered', { conversationId, seq: 1 });
      await shop.request('markRead', { conversationId, seq: 999 });
      const { members } = await customer.request('openConversation', { conversationId });
      const member = members.find(({ identity }) => identity === named('shop'));
      expect(member).to.include({ deliveredSeq: 2, readSeq: 2 });
      const told = customer.received('receipts').flatMap(({ receipts }) => receipts);
      expect(told.map(({ deliveredSeq, readSeq }) => [deliveredSeq, readSeq])).to.deep.equal([
        [2, 0],
        [2, 1],
        [2, 2],
      ]);
    });

    it('which of many at once are told together', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, 'one');
      const asked = [shop, customer].map((client) => client.request('markRead', { conversationId, seq: 1 }));
      await Promise.all(asked);
      const { receipts } = await shop.event('receipts');
      expect(receipts.map(({ identity }) => identity).sort()).to.deep.equal([named('customer'), named('shop')]);
    });
  });

  describe('beside which', () => {
    it('others see who writes, and who writes does not', async () => {
      const { customer, shop, conversationId } = await meet();
      const phone = await devices.connect(named('customer'));
      customer.notify('typing', { conversationId });
      const { identity } = await shop.event('typing');
      expect(identity).to.equal(named('customer'));
      await phone.request('listConversations', {});
      expect([...customer.received('typing'), ...phone.received('typing')]).to.deep.equal([]);
    });

    it('others see who is there, by person and not by device', async () => {
      const { shop, conversationId } = await meet();
      const online = async () => (await shop.request('openConversation', { conversationId })).online;
      expect(await online()).to.have.members([named('customer'), named('shop')]);
      const phone = await devices.connect(named('customer'));
      phone.close();
      await shop.request('openConversation', { conversationId });
      const told = shop.received('presence').filter(({ identity }) => identity === named('customer'));
      expect(told.every(({ online }) => online)).to.equal(true);
    });
  });

  it('show a customer that someone of the shop is there, from the moment they open the conversation', async () => {
    const [customer, clerk] = [await devices.connect(named('customer')), await devices.counter(named('clerk'))];
    const { conversation } = await customer.request('openShop', {});
    await clerk.request('openConversation', { conversationId: conversation.conversationId });
    const isClerk = ({ identity }: { identity: string }) => identity === named('clerk');
    await customer.event('members', ({ members }) => members.some(isClerk));
    expect((await customer.event('presence', isClerk)).online).to.equal(true);
  });

  describe('are found', () => {
    it('by their words in all conversations of a person, and in no others', async () => {
      const { customer, shop, conversationId } = await meet();
      await customer.say(conversationId, '武夷山 Rougui, a rock tea', 'something else');
      const stranger = await devices.connect(named('stranger'));
      const query = 'ROCK tea';
      const { messages } = await shop.request('search', { query, conversationId });
      expect(messages.map(({ seq }) => seq)).to.deep.equal([1]);
      expect((await customer.request('search', { query })).messages).to.have.length(1);
      expect((await stranger.request('search', { query })).messages).to.deep.equal([]);
      expect(await stranger.refusalOf('search', { query, conversationId })).to.equal('conversationNotFound');
    });
  });
});
