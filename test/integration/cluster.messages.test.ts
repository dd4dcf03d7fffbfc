import { expect } from 'chai';
import { Client } from 'pg';
import { Devices } from '../helpers/Devices.ts';
import type { MessagingClient } from '../helpers/MessagingClient.ts';
import { PostgresServer } from '../helpers/PostgresServer.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('messages on several nodes', () => {
  let postgres: PostgresServer;
  let cluster: TestCluster;
  const first = new Devices(() => cluster.nodes[0]!);
  const second = new Devices(() => cluster.nodes[1]!);
  let test = 0;
  const named = (name: string) => `${name}-${test}`;

  before(async () => {
    postgres = await PostgresServer.start();
    cluster = await TestCluster.start(2, { database: { url: await postgres.createDatabase() } });
  });
  beforeEach(() => (test += 1));
  afterEach(() => {
    first.clear();
    second.clear();
  });
  after(async () => {
    await cluster.close();
    await postgres.close();
  });

  /** A customer on the first node and someone of the shop on the second. */
  const meet = async () => {
    const customer = await first.connect(named('customer'));
    const { conversationId } = (await customer.openShop()).conversation;
    const shop = await second.counter(named('shop'));
    await shop.request('openConversation', { conversationId });
    return { customer, shop, conversationId };
  };
  const stored = async (client: MessagingClient, conversationId: string) => {
    const texts: string[] = [];
    for (let after = 0, more = true; more;) {
      const page = await client.request('sync', { conversationId, after });
      texts.push(...page.messages.map(({ content }) => (content?.type === 'text' ? content.text : '')));
      after = page.messages.at(-1)?.change ?? after;
      more = page.more;
    }
    return texts;
  };

  it('reach everyone in one order, whichever node they are sent to', async () => {
    const { customer, shop, conversationId } = await meet();
    const texts = (who: string) => Array.from({ length: 25 }, (_, index) => `${who} ${index}`);
    const send = async (client: MessagingClient, who: string) => {
      for (const text of texts(who)) await client.say(conversationId, text);
    };
    await Promise.all([send(customer, 'a'), send(shop, 'b')]);
    const all = await stored(customer, conversationId);
    for (const who of ['a', 'b']) expect(all.filter((text) => text.startsWith(who))).to.deep.equal(texts(who));
    for (const client of [customer, shop]) {
      await waitFor('all to come', () => client.texts(conversationId).length === 50);
      expect(client.received('resync')).to.deep.equal([]);
      // Each is told once, and after what is named: who knows that has missed nothing.
      const told = client.received('messages').flatMap(({ messages }) => messages.map(({ seq }) => seq));
      expect(told.toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: 50 }, (_, index) => index + 1));
    }
  });

  it('are beside receipts, typing and presence of the other node', async () => {
    const { customer, shop, conversationId } = await meet();
    const { online } = await customer.request('openConversation', { conversationId });
    expect(online).to.have.members([named('customer'), named('shop')]);
    await customer.say(conversationId, 'hello');
    await shop.event('messages');
    await shop.request('markRead', { conversationId, seq: 1 });
    const { receipts } = await customer.event('receipts');
    expect(receipts).to.deep.equal([{ identity: named('shop'), deliveredSeq: 1, readSeq: 1 }]);
    shop.notify('typing', { conversationId });
    expect((await customer.event('typing')).identity).to.equal(named('shop'));
  });

  it('show who has gone, and not who has only changed the node', async () => {
    const { customer, shop, conversationId } = await meet();
    const moved = await first.counter(named('shop'));
    shop.close();
    const another = await second.counter(named('another'));
    await another.request('openConversation', { conversationId });
    another.close();
    // Who left after the first socket of the other is shown as gone by now.
    await customer.event('presence', ({ identity, online }) => identity === named('another') && !online);
    const { online } = await customer.request('openConversation', { conversationId });
    expect(online).to.have.members([named('customer'), named('shop')]);
    const told = customer.received('presence').filter(({ identity }) => identity === named('shop'));
    expect(told.every((event) => event.online)).to.equal(true);
    expect(moved.connected).to.equal(true);
  });

  it('open the conversation of a room to who is in it on another node', async () => {
    const room = named('room');
    const visitors = new Visitors(() => cluster.nodes[0]!);
    const host = await visitors.join(named('host'), { room, role: 'host' });
    const guest = await visitors.join(named('guest'), { room });
    const client = await second.connect(named('guest'), { room });
    const { conversationId } = (await client.request('openRoom', { room })).conversation;
    await host.client.request('removeParticipant', { participantId: guest.participantId });
    expect(await client.event('conversationGone')).to.deep.equal({ conversationId });
    expect(await client.refusalOf('openRoom', { room })).to.equal('notAllowed');
    visitors.clear();
  });

  it('that were told while Redis was killed are not lost: who may have missed some is told so', async () => {
    const { customer, shop, conversationId } = await meet();
    const texts = Array.from({ length: 60 }, (_, index) => `message ${index}`);
    for (const [index, text] of texts.entries()) {
      if (index === 20) await cluster.redis.kill();
      if (index === 40) await cluster.redis.start();
      await customer.say(conversationId, text);
    }
    await shop.event('resync');
    expect(await stored(shop, conversationId)).to.deep.equal(texts);
    await customer.say(conversationId, 'and on it goes');
    await waitFor('the next one to come', () => shop.texts(conversationId).includes('and on it goes'));
  });

  it('that were told over a connection that broke are noticed, though nothing comes after them', async () => {
    const { customer, shop, conversationId } = await meet();
    await cluster.redis.command('CLIENT', 'KILL', 'TYPE', 'normal');
    await customer.say(conversationId, 'lost on the way');
    await waitFor('the message, or word that it was missed', () =>
      [...shop.received('resync'), ...shop.texts(conversationId)].at(0),
    );
    expect(await stored(shop, conversationId)).to.deep.equal(['lost on the way']);
  });

  it('of someone who was taken out of a conversation meanwhile are not told to them any more', async () => {
    const { customer, shop, conversationId } = await meet();
    const { conversation } = await shop.request('createGroup', {
      title: 'Group',
      members: [{ identity: named('customer'), name: 'customer' }],
    });
    await customer.event('conversation', (data) => data.conversation.kind === 'group');
    await cluster.redis.kill();
    const removal = { conversationId: conversation.conversationId, identity: named('customer') };
    await shop.request('removeMember', removal);
    await cluster.redis.start();
    await customer.event('resync');
    await shop.say(conversation.conversationId, 'among us');
    await shop.say(conversationId, 'to both');
    await waitFor('the other one to come', () => customer.texts(conversationId).length === 1);
    expect(customer.texts(conversation.conversationId)).to.deep.equal([]);
  });

  it('are refused while PostgreSQL is away, and stored once when they are sent again', async () => {
    const { customer, shop, conversationId } = await meet();
    const messages = [customer.draft('one')];
    await postgres.kill();
    expect(await customer.refusalOf('send', { conversationId, messages })).to.equal('storageUnavailable');
    expect(await shop.refusalOf('openConversation', { conversationId })).to.equal('storageUnavailable');
    await postgres.start();
    await waitFor(
      'the message to be stored',
      async () => !(await customer.raw('send', { conversationId, messages })).error,
    );
    await customer.request('send', { conversationId, messages });
    await waitFor('the message to come', () => shop.texts(conversationId).length === 1);
    expect(await stored(shop, conversationId)).to.deep.equal(['one']);
  });

  it('that were stored when nobody knew it any more are told of, also where their sender is gone', async () => {
    const { customer, shop, conversationId } = await meet();
    const lock = new Client(cluster.nodes[0]!.config.database.url!);
    await lock.connect();
    await lock.query(`begin; select 1 from conversations where conversation_id = '${conversationId}' for update`);
    const messages = [customer.draft('late')];
    expect(await customer.refusalOf('send', { conversationId, messages })).to.equal('storageUnavailable');
    customer.close();
    await lock.end();
    await waitFor('word that something was missed', () =>
      [...shop.received('resync'), ...shop.received('messages').filter(({ previous }) => previous > 0)].at(0),
    );
    expect(await stored(shop, conversationId)).to.deep.equal(['late']);
  });

  it('of a node that stops are all told, and nobody has to ask for them', async () => {
    const node = await cluster.add('node-3', { database: cluster.nodes[0]!.config.database });
    await cluster.untilAllKnowAll();
    const devices = new Devices(() => node);
    const customer = await devices.connect(named('customer'));
    const { conversationId } = (await customer.openShop()).conversation;
    const shop = await first.counter(named('shop'));
    await customer.say(conversationId, 'goodbye');
    const { conversation } = await shop.request('openConversation', { conversationId });
    expect(conversation.memberCount).to.equal(2);
    cluster.nodes.pop();
    await node.close();
    await shop.event('presence', ({ identity, online }) => identity === named('customer') && !online);
    expect(shop.texts(conversationId)).to.deep.equal(['goodbye']);
    expect(shop.received('resync')).to.deep.equal([]);
  });
});
