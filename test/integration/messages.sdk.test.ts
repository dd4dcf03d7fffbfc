import { expect } from 'chai';
import { ChaxiMessenger, type ChatMessage, type Conversation } from '../../client-sdk/src/messaging/index.ts';
import { MessagingNetwork } from '../helpers/MessagingNetwork.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';
import { silentLogger } from '../unit/client-sdk/fakes/silentLogger.ts';
import { rejection } from '../unit/client-sdk/fakes/rejection.ts';
import { useIndexedDb } from '../unit/client-sdk/messaging/fakes/useIndexedDb.ts';

function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);
}

function textsOf({ messages }: Conversation): string[] {
  return messages.map(({ content }) => (content?.type === 'text' ? content.text : '(none)'));
}

describe('messages by the SDK', () => {
  let node: TestServer;
  let network: MessagingNetwork;
  const opened: ChaxiMessenger[] = [];
  /** Each test has people of its own. */
  let test = 0;
  useIndexedDb();

  before(async () => {
    node = await startTestServer({}, { sharesMessages: true });
    network = await MessagingNetwork.start(node);
  });
  beforeEach(() => {
    test += 1;
    network.mend();
  });
  afterEach(() => {
    for (const messenger of opened.splice(0)) messenger.close();
  });
  after(async () => {
    await network.close();
    await node.close();
  });

  /** Each device of one person has an IndexedDB of its own where it is named differently. */
  const connect = async (name: string, { counter = false, device = '' } = {}) => {
    const identity = `${name}-${test}`;
    const token = await node.token({ identity, room: undefined, counter, role: counter ? 'host' : 'guest' });
    const messenger = new ChaxiMessenger({
      url: `https://tea.example/${device}`,
      // Of several nodes each connection goes to another one.
      server: () => node.url,
      token,
      logger: silentLogger,
      openSocket: network.openSocket,
    });
    opened.push(messenger);
    await messenger.connect();
    return messenger;
  };

  /** A customer and someone of the shop, in the conversation of both. */
  const meet = async () => {
    const customer = await (await connect('customer')).openShop();
    const shop = await (await connect('shop', { counter: true })).open(customer.conversationId);
    return { customer, shop };
  };
  const sendAll = (conversation: Conversation, texts: readonly string[]) =>
    Promise.all(texts.map((text) => conversation.sendText(text)));
  const untilSame = async (texts: readonly string[], ...conversations: Conversation[]) => {
    for (const conversation of conversations) {
      await waitFor(`${texts.length} messages`, () => textsOf(conversation).length === texts.length);
      await waitFor('all to be stored', () => conversation.messages.every(({ seq }) => seq !== null));
      expect(textsOf(conversation)).to.deep.equal(texts);
    }
  };

  it('go both ways, with what became of them', async () => {
    const { customer, shop } = await meet();
    const question = await customer.whenStored(await customer.sendText('Is the Longjing of this spring?'));
    await untilSame(['Is the Longjing of this spring?'], customer, shop);
    await waitFor('delivered', () => customer.statusOf(question) === 'delivered');
    shop.markRead();
    await waitFor('read', () => customer.statusOf(question) === 'read');
    await shop.sendText('From April.', { replyTo: shop.messages[0] });
    await waitFor('the answer', () => customer.messages.length === 2);
    expect(customer.messages[1]).to.deep.include({ replyTo: question.seq, isOwn: false });
    expect(customer.unread).to.equal(1);
    await customer.react(customer.messages[1]!, '🍵');
    await waitFor('the reaction', () => shop.messages[1]!.reactions.length === 1);
    await shop.edit(shop.messages[1]!, 'From the 5th of April.');
    await waitFor('the edit', () => textsOf(customer)[1] === 'From the 5th of April.');
    await shop.delete(shop.messages[1]!);
    await waitFor('the deletion', () => textsOf(customer)[1] === '(none)');
    expect(customer.unread).to.equal(0);
    customer.setTyping();
    await waitFor('the customer to write', () => shop.typing.length === 1);
    expect(shop.online).to.include(`customer-${test}`);
  });

  it('arrive once each and in order, though the sockets of both are cut in the midst of them', async () => {
    const { customer, shop } = await meet();
    const texts = { customer: numbered('c', 220), shop: numbered('s', 220) };
    const stored: Promise<ChatMessage>[] = [];
    for (let i = 0; i < 220; i += 20) {
      for (const [conversation, own] of [
        [customer, texts.customer],
        [shop, texts.shop],
      ] as const) {
        const messages = await sendAll(conversation, own.slice(i, i + 20));
        stored.push(...messages.map((message) => conversation.whenStored(message)));
      }
      if (i % 60 === 0) network.cut();
    }
    await Promise.all(stored);
    await waitFor('both to have all', () => customer.messages.length === 440 && shop.messages.length === 440);
    expect(textsOf(customer)).to.deep.equal(textsOf(shop));
    const ofThe = (word: string) => textsOf(shop).filter((text) => text.startsWith(word));
    expect([ofThe('c'), ofThe('s')]).to.deep.equal([texts.customer, texts.shop]);
  });

  it('are there after a gap of hundreds, and are told one after the other', async () => {
    const { customer, shop } = await meet();
    const elsewhere = await connect('shop', { counter: true, device: 'phone' });
    const phone = await elsewhere.open(customer.conversationId);
    const told: string[] = [];
    phone.on('messageAdded', ({ content }) => told.push(content?.type === 'text' ? content.text : ''));
    const texts = numbered('c', 350);
    network.break();
    await sendAll(customer, texts);
    expect(textsOf(phone)).to.deep.equal([]);
    network.mend();
    await untilSame(texts, customer, shop, phone);
    expect(told).to.deep.equal(texts);
  });

  it('that were written without a connection go out after a reload, in order', async () => {
    const { customer, shop } = await meet();
    network.break();
    const texts = numbered('c', 80);
    for (const text of texts) await customer.sendText(text);
    opened[0]!.close();
    network.mend();
    await connect('customer');
    await untilSame(texts, shop);
  });

  it('of two tabs go out once, and both show the same', async () => {
    const { customer, shop } = await meet();
    const tab = await (await connect('customer')).openShop();
    network.break();
    const texts = numbered('c', 40);
    for (const [i, text] of texts.entries()) await (i % 2 === 0 ? customer : tab).sendText(text);
    await waitFor('each tab to see the other', () => tab.messages.length === 40 && customer.messages.length === 40);
    network.mend();
    await untilSame(texts, customer, tab, shop);
  });

  it('are read on all devices of a person when they are read on one', async () => {
    const { customer, shop } = await meet();
    const phone = await (await connect('customer', { device: 'phone' })).openShop();
    await shop.sendText('Your tea is here.');
    await waitFor('both to have it', () => customer.unread === 1 && phone.unread === 1);
    phone.markRead();
    await waitFor('the other device to know', () => customer.unread === 0);
    await phone.sendText('Coming!');
    await untilSame(['Your tea is here.', 'Coming!'], customer, phone, shop);
    expect(customer.messages[1]!.isOwn).to.equal(true);
  });

  it('of all customers are on the counter’s list, with what is unread, and of a new one as soon as it writes', async () => {
    const counter = await connect('shop', { counter: true });
    await counter.loadConversations();
    const told: string[] = [];
    counter.on('messageAdded', (conversation) => told.push(conversation.conversationId));
    const customer = await (await connect('customer')).openShop();
    await customer.sendText('Hello?');
    await waitFor('the message to be told', () => told.includes(customer.conversationId));
    const [first] = counter.conversations;
    expect([first!.conversationId, first!.unread]).to.deep.equal([customer.conversationId, 1]);
    await waitFor('delivered', () => customer.statusOf(customer.messages[0]!) === 'delivered');
  });

  it('of a group are found by their words', async () => {
    const counter = await connect('shop', { counter: true });
    const identity = `customer-${test}`;
    const group = await counter.createGroup('Tasting', [{ identity, name: 'Customer' }]);
    await group.sendText('We taste Tieguanyin on Friday.');
    await group.whenStored(await group.sendText('Bring cups.'));
    const customer = await connect('customer');
    await customer.loadConversations();
    expect(customer.conversations.map(({ info }) => info.title)).to.deep.equal(['Tasting']);
    const { messages, more } = await customer.search('tieguanyin friday');
    expect([messages.map(({ seq }) => seq), more]).to.deep.equal([[1], false]);
    expect((await rejection(customer.createGroup('Mine', []))).code).to.equal('notAllowed');
  });
});
