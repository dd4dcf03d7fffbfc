import { expect } from 'chai';
import type { ConversationInfo, MemberInfo, OwnConversation } from '../../protocol/conversations.ts';
import { limits } from '../../protocol/limits.ts';
import type { Message } from '../../protocol/messages.ts';
import type { PersonalRecord } from '../../protocol/rest.ts';
import { Devices } from '../helpers/Devices.ts';
import { callRest } from '../helpers/restClient.ts';
import { OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

interface Failure {
  error: { code: string; path?: string };
}

describe('the backend of a shop', () => {
  let node: TestServer;
  const devices = new Devices(() => node);
  let test = 0;
  const named = (name: string) => `${name}-${test}`;
  const stranger = `${OTHER_KEY}:${OTHER_SECRET}`;

  before(async () => (node = await startTestServer({}, { sharesMessages: true })));
  beforeEach(() => (test += 1));
  afterEach(() => devices.clear());
  after(() => node.close());

  const call = async <T>(...args: [Parameters<typeof callRest>[1], string, unknown?, string?]): Promise<T> => {
    const { status, body } = await callRest(node, ...args);
    expect(status, JSON.stringify(body)).to.be.lessThan(300);
    return body as T;
  };
  const refusal = async (...args: [Parameters<typeof callRest>[1], string, unknown?, string?]) => {
    const { status, body } = await callRest(node, ...args);
    return `${status} ${(body as Failure).error.code}`;
  };
  const member = (name: string) => ({ identity: named(name), name });
  const makeGroup = () =>
    call<ConversationInfo>('POST', '/conversations', { title: 'Tasting', members: [member('li'), member('wang')] });

  it('makes a group, of which its members hear', async () => {
    const li = await devices.connect(named('li'));
    const made = await makeGroup();
    expect(made).to.include({ kind: 'group', title: 'Tasting', memberCount: 2, lastChange: 0 });
    const { conversation } = await li.event('conversation');
    expect(conversation).to.deep.equal(made);
    expect(await call('GET', `/conversations/${made.conversationId}`)).to.deep.equal(made);
  });

  it('opens the conversation of a customer, the same each time and for the customer too', async () => {
    const asked = { customer: { identity: named('li'), name: 'Li' } };
    const first = await call<ConversationInfo>('POST', '/conversations', asked);
    expect(first).to.include({ kind: 'shop', title: 'Li', customer: named('li'), memberCount: 1 });
    expect(await call('POST', '/conversations', asked)).to.deep.equal(first);
    const li = await devices.connect(named('li'), { name: 'Li' });
    expect((await li.openShop()).conversation.conversationId).to.equal(first.conversationId);
  });

  it('lists the conversations of a person page by page', async () => {
    const [older, newer] = [await makeGroup(), await makeGroup()];
    const page = (query: string) =>
      call<{ conversations: OwnConversation[]; more: boolean }>(
        'GET',
        `/conversations?identity=${named('li')}${query}`,
      );
    const first = await page('&limit=1');
    expect(first.conversations.map(({ conversationId, role }) => [conversationId, role])).to.deep.equal([
      [newer.conversationId, 'member'],
    ]);
    expect(first.more).to.equal(true);
    const rest = await page(`&after=${newer.conversationId}`);
    expect(rest.conversations.map(({ conversationId }) => conversationId)).to.deep.equal([older.conversationId]);
    expect(rest.more).to.equal(false);
  });

  it('takes people in and out', async () => {
    const { conversationId } = await makeGroup();
    const path = `/conversations/${conversationId}/members`;
    await call('PUT', path, {
      members: [
        { ...member('chen'), role: 'observer' },
        { ...member('li'), name: 'Li Wei' },
      ],
    });
    await call('DELETE', `${path}/${named('wang')}`);
    const { members, more } = await call<{ members: MemberInfo[]; more: boolean }>('GET', path);
    expect(members.map(({ identity, name, role }) => [identity, name, role])).to.deep.equal([
      [named('chen'), 'chen', 'observer'],
      [named('li'), 'Li Wei', 'member'],
    ]);
    expect(more).to.equal(false);
  });

  it('sends in the name of the shop, once for each number', async () => {
    const li = await devices.connect(named('li'));
    const { conversationId } = await makeGroup();
    const message = {
      from: { identity: 'shop', name: 'The tea shop' },
      clientId: 'backend-1:1',
      content: { type: 'text', text: 'The new harvest is here' },
    };
    const sent = await call<Message>('POST', `/conversations/${conversationId}/messages`, message);
    expect(sent).to.deep.include({ seq: 1, from: message.from, content: message.content });
    expect(await call('POST', `/conversations/${conversationId}/messages`, message)).to.deep.equal(sent);
    await waitFor('the message to come', () => li.texts(conversationId).length === 1);
    const { messages } = await li.request('history', { conversationId });
    expect(messages).to.deep.equal([sent]);
  });

  it('deletes a conversation for everyone', async () => {
    const li = await devices.connect(named('li'));
    const { conversationId } = await makeGroup();
    await li.say(conversationId, 'hello');
    await call('DELETE', `/conversations/${conversationId}`);
    expect(await li.event('conversationGone')).to.deep.equal({ conversationId });
    expect(await li.refusalOf('history', { conversationId })).to.equal('conversationNotFound');
    expect(await refusal('GET', `/conversations/${conversationId}`)).to.equal('404 conversationNotFound');
  });

  it('is told all that is kept of a person', async () => {
    const li = await devices.connect(named('li'));
    const { conversationId } = await makeGroup();
    await li.say(conversationId, 'one', 'two');
    const told = await call<{ identity: string; records: PersonalRecord[] }>('GET', `/people/${named('li')}/export`);
    expect(told.identity).to.equal(named('li'));
    expect(told.records.map(({ type }) => type)).to.deep.equal(['membership', 'message', 'message']);
    expect(told.records[1]).to.have.nested.property('message.content.text', 'one');
    const nobody = await call<{ records: PersonalRecord[] }>('GET', `/people/${named('nobody')}/export`);
    expect(nobody.records).to.deep.equal([]);
  });

  it('has a person forgotten, of which the others hear', async () => {
    const li = await devices.connect(named('li'));
    const wang = await devices.connect(named('wang'));
    const { conversationId } = await makeGroup();
    await li.say(conversationId, 'mine');
    await wang.say(conversationId, 'not theirs');
    const shop = (await li.openShop()).conversation;
    await call('DELETE', `/people/${named('li')}`);
    await li.event('conversationGone');
    const { messages } = await wang.event('messages', ({ messages: [first] }) => first?.content === null);
    expect(messages[0]).to.deep.include({ seq: 1, from: { identity: messages[0]!.from.identity, name: '' } });
    expect(messages[0]!.from.identity).not.to.include(named('li'));
    const { gone } = await wang.event('members', (data) => data.gone.length > 0);
    expect(gone).to.deep.equal([named('li')]);
    const counter = await devices.counter(named('shop'));
    const left = (await counter.request('openConversation', { conversationId: shop.conversationId })).conversation;
    expect(left).to.include({ title: '', customer: null });
    const { records } = await call<{ records: PersonalRecord[] }>('GET', `/people/${named('li')}/export`);
    expect(records).to.deep.equal([]);
  });

  it('sees nothing of another shop, and changes nothing there', async () => {
    const { conversationId } = await makeGroup();
    const path = `/conversations/${conversationId}`;
    const message = {
      from: { identity: 'x', name: 'x' },
      clientId: 'backend-1:1',
      content: { type: 'text', text: 'x' },
    };
    const notFound = '404 conversationNotFound';
    expect(await refusal('GET', path, undefined, stranger)).to.equal(notFound);
    expect(await refusal('DELETE', path, undefined, stranger)).to.equal(notFound);
    expect(await refusal('GET', `${path}/members`, undefined, stranger)).to.equal(notFound);
    expect(await refusal('PUT', `${path}/members`, { members: [member('spy')] }, stranger)).to.equal(notFound);
    expect(await refusal('DELETE', `${path}/members/${named('li')}`, undefined, stranger)).to.equal(notFound);
    expect(await refusal('POST', `${path}/messages`, message, stranger)).to.equal(notFound);
    const listed = await call('GET', `/conversations?identity=${named('li')}`, undefined, stranger);
    expect(listed).to.deep.equal({ conversations: [], more: false });
    const told = await call<object>('GET', `/people/${named('li')}/export`, undefined, stranger);
    expect(told).to.deep.include({ records: [] });
    await call('DELETE', `/people/${named('li')}`, undefined, stranger);
    expect(await call('GET', path)).to.include({ memberCount: 2 });
  });

  it('is refused what is not allowed or not understood', async () => {
    const asked = { customer: { identity: named('li'), name: 'Li' } };
    const { conversationId } = await call<ConversationInfo>('POST', '/conversations', asked);
    const path = `/conversations/${conversationId}/members`;
    expect(await refusal('PUT', path, { members: [member('wang')] })).to.equal('403 notAllowed');
    expect(await refusal('DELETE', `${path}/${named('li')}`)).to.equal('403 notAllowed');
    expect(await refusal('POST', '/conversations', { title: '', members: [] })).to.equal('400 badRequest');
    expect(await refusal('POST', '/conversations', { title: 'x', members: [], more: 1 })).to.equal('400 badRequest');
    expect(await refusal('GET', '/conversations')).to.equal('400 badRequest');
    expect(await refusal('GET', '/conversations/none')).to.equal('400 badRequest');
    expect(await refusal('POST', `/conversations/${conversationId}/messages`, {})).to.equal('400 badRequest');
    expect(await refusal('GET', '/conversations?identity=x', undefined, 'no:body')).to.equal('401 credentialsInvalid');
    expect(await refusal('GET', '/people/x/export', undefined, 'no:body')).to.equal('401 credentialsInvalid');
    expect(await refusal('POST', '/conversations', 'x'.repeat(limits.realtimeBytes))).to.equal('413 messageTooLarge');
  });
});
