import { once } from 'node:events';
import { expect } from 'chai';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { Devices } from '../helpers/Devices.ts';
import type { MessagingClient, MessagingOptions } from '../helpers/MessagingClient.ts';
import { callRest } from '../helpers/restClient.ts';
import { OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const shopOrigin = 'https://shop.example';

describe('sockets for messages', () => {
  let node: TestServer;
  const devices = new Devices(() => node);
  const visitors = new Visitors(() => node);

  before(async () => {
    node = await startTestServer({ http: { corsOrigins: [shopOrigin] } }, { sharesMessages: true });
  });
  afterEach(() => {
    devices.clear();
    visitors.clear();
  });
  after(() => node.close());

  const refusal = async (options: MessagingOptions): Promise<string> => {
    try {
      await devices.connect('li', options);
    } catch (error) {
      expect(error).to.be.instanceOf(ChaxiError);
      return (error as ChaxiError).code;
    }
    return 'welcome';
  };

  describe('at the door', () => {
    const cases: [says: string, options: MessagingOptions, code: string][] = [
      ['take a token without a room', {}, 'welcome'],
      ['take a token for a room', { room: 'tea' }, 'welcome'],
      ['take who can only poll', { transport: 'polling' }, 'welcome'],
      ['take a page of a shop', { headers: { origin: shopOrigin } }, 'welcome'],
      ['refuse a page of a stranger', { headers: { origin: 'https://else.example' } }, 'originNotAllowed'],
      [
        'refuse a page of a stranger that polls',
        { transport: 'polling', headers: { origin: 'https://else.example' } },
        'originNotAllowed',
      ],
      ['refuse no token', { rawToken: '' }, 'tokenMissing'],
      ['refuse a token that is none', { rawToken: 'let me in' }, 'tokenInvalid'],
      ['refuse a token that has expired', { ttlSeconds: -60 }, 'tokenExpired'],
      ['refuse a token that a stranger signed', { apiSecret: OTHER_SECRET }, 'tokenInvalid'],
      ['refuse a token that is too long', { rawToken: 'x'.repeat(limits.upgradeBytes + 1) }, 'badRequest'],
      ['refuse another version', { version: 2 }, 'protocolVersion'],
      ['refuse a version that is none', { version: { toString: 'no' } }, 'protocolVersion'],
    ];
    for (const [says, options, code] of cases) {
      it(says, async () => expect(await refusal(options)).to.equal(code));
    }

    it('share the port with signaling, REST and pages', async () => {
      const client = await devices.connect('li');
      await visitors.join('li');
      expect((await callRest(node, 'GET', '/rooms')).status).to.equal(200);
      expect((await client.request('listConversations', {})).conversations).to.be.an('array');
      const stranger = new WebSocket(`${node.url.replace('http', 'ws')}/elsewhere`);
      const [error] = (await once(stranger, 'error')) as [Error];
      expect(error.message).to.include('404');
    });

    it('are bounded for each person', async () => {
      const sockets = Array.from({ length: limits.socketsPerPerson }, () => devices.connect('many'));
      await Promise.all(sockets);
      expect(await refusal({ identity: 'many' })).to.equal('limitReached');
      expect(await refusal({ identity: 'other' })).to.equal('welcome');
    });
  });

  describe('while they are open', () => {
    it('are closed with tokenExpired when the token ends', async () => {
      const client = await devices.connect('li', { ttlSeconds: 1 });
      expect((await client.event('closed')).error.code).to.equal('tokenExpired');
      await waitFor('the socket to close', () => !client.connected);
    });

    it('answer what is not a request with the fault and where it lies, and go on', async () => {
      const client = await devices.connect('li');
      const { conversationId } = (await client.openShop()).conversation;
      const long = 'x'.repeat(limits.messageText + 1);
      const message = client.draft('hello');
      const send = (...messages: unknown[]) => ({ conversationId, messages });
      const cases: [method: string, data: unknown, path: string | undefined][] = [
        ['nothing', {}, 'method'],
        ['constructor', {}, 'method'],
        ['sync', null, 'conversationId'],
        ['sync', 'text', ''],
        ['sync', [conversationId], ''],
        ['sync', { conversationId: 'x', after: 0 }, 'conversationId'],
        ['sync', { conversationId, after: -1 }, 'after'],
        ['sync', { conversationId, after: 0, limit: limits.messagesPage + 1 }, 'limit'],
        ['send', send(), 'messages'],
        ['send', send({ ...message, clientId: 'short:1' }), 'messages.0.clientId'],
        ['send', send({ ...message, content: { type: 'text', text: long } }), 'messages.0.content.text'],
        ['send', send({ ...message, content: { type: 'text', text: ' \n' } }), 'messages.0.content.text'],
        ['send', send({ ...message, content: { type: 'html', text: '<b>' } }), 'messages.0.content.type'],
        ['send', send(...Array.from({ length: limits.messagesAtOnce + 1 }, () => client.draft('x'))), 'messages'],
        ['send', send({ ...message, content: Buffer.from('binary') }), 'messages.0.content.type'],
        ['react', { conversationId, seq: 1, emoji: 'tea', on: true }, 'emoji'],
        ['edit', { conversationId, seq: 1, text: '' }, 'text'],
        ['markRead', { conversationId, seq: 0 }, 'seq'],
        ['search', { query: ' ' }, 'query'],
      ];
      for (const [method, data, path] of cases) {
        const { error } = await client.raw(method, data);
        const code = path === 'method' ? 'unknownMethod' : 'badRequest';
        expect(error, `${method} ${JSON.stringify(data)?.slice(0, 80)}`).to.include({ code });
        expect(error?.path).to.equal(path);
        expect(JSON.stringify(error)).not.to.include('at ');
      }
      expect(await client.say(conversationId, 'still here')).to.have.length(1);
    });

    it('show what looks like markup as the text that it is', async () => {
      const client = await devices.connect('li');
      const { conversationId } = (await client.openShop()).conversation;
      const text = '<img src=x onerror=alert(1)> &amp; \u202e\0';
      const [message] = await client.say(conversationId, text);
      expect(message?.content).to.deep.equal({ type: 'text', text });
      const { messages } = await client.request('history', { conversationId, limit: 1 });
      expect(messages[0]?.content).to.deep.equal({ type: 'text', text });
    });

    it('are closed when they send more than one message may have', async () => {
      const client = await devices.connect('li');
      client.notify('send', 'x'.repeat(limits.realtimeBytes + 1));
      await waitFor('the socket to close', () => !client.connected);
    });

    it('are refused what comes too fast, and closed when it goes on', async () => {
      const client = await devices.connect('li');
      const asked = Array.from({ length: limits.requestBurst + 50 }, () => client.raw('nothing', {}));
      const codes = (await Promise.all(asked)).map(({ error }) => error?.code);
      expect(codes).to.include.members(['unknownMethod', 'rateLimited']);
      for (let sent = 0; sent < limits.requestBurst + limits.excessBurst; sent += 1) client.notify('nothing', {});
      expect((await client.event('closed')).error.code).to.equal('rateLimited');
      await waitFor('the socket to close', () => !client.connected);
    });

    it('are refused more messages than one person may send, whatever the device', async () => {
      const client = await devices.connect('eager');
      const phone = await devices.connect('eager');
      const { conversationId } = (await client.openShop()).conversation;
      const batch = (from: MessagingClient) => ({
        conversationId,
        messages: Array.from({ length: limits.messagesAtOnce }, () => from.draft('quick')),
      });
      for (let sent = 0; sent < limits.messageBurst; sent += limits.messagesAtOnce) {
        await client.request('send', batch(client));
      }
      expect(await phone.refusalOf('send', batch(phone))).to.equal('rateLimited');
    });

    it('see nothing of another shop', async () => {
      const client = await devices.connect('li');
      const { conversationId } = (await client.openShop()).conversation;
      await client.say(conversationId, 'secret');
      const others = { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET };
      const stranger = await devices.counter('li', others);
      expect((await stranger.request('listConversations', {})).conversations).to.deep.equal([]);
      for (const [method, data] of [
        ['openConversation', {}],
        ['history', {}],
        ['sync', { after: 0 }],
        ['listMembers', {}],
        ['send', { messages: [stranger.draft('hello')] }],
        ['edit', { seq: 1, text: 'mine' }],
        ['deleteMessage', { seq: 1 }],
        ['react', { seq: 1, emoji: '🍵', on: true }],
        ['markRead', { seq: 1 }],
        ['markDelivered', { seq: 1 }],
        ['addMembers', { members: [{ identity: 'li', name: 'li' }] }],
        ['removeMember', { identity: 'li' }],
        ['search', { query: 'secret' }],
        ['createAttachment', { name: 'a', sizeBytes: 1 }],
        ['attachmentUrl', { attachmentId: conversationId }],
      ] as const) {
        const { error } = await stranger.raw(method, { conversationId, ...data });
        expect(error?.code, method).to.equal('conversationNotFound');
      }
      await client.say(conversationId, 'and another');
      await stranger.request('listConversations', {});
      expect(stranger.received('messages')).to.deep.equal([]);
    });
  });

  it('that say nothing of who they are end', async () => {
    // A namespace that there is not: the connection itself is there.
    const socket = io(`${node.url}/elsewhere`, { path: '/realtime', transports: ['websocket'], reconnection: false });
    const [error] = await new Promise<[Error]>((resolve) => socket.on('connect_error', (...args) => resolve(args)));
    expect(error.message).to.equal('Invalid namespace');
    socket.disconnect();
  });
});

describe('a server that stops', () => {
  it('says so to those who are connected for messages, and takes nobody new', async () => {
    const node = await startTestServer({}, { sharesMessages: true });
    const devices = new Devices(() => node);
    const clients = [await devices.connect('li'), await devices.connect('wang', { transport: 'polling' })];
    await node.close();
    for (const client of clients) {
      expect((await client.event('closed')).error.code).to.equal('serverDraining');
      await waitFor('the socket to close', () => !client.connected);
    }
  });
});
