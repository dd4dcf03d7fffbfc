import { expect } from 'chai';
import { ChaxiMessenger } from '../../../../client-sdk/src/messaging/ChaxiMessenger.ts';
import type { Conversation } from '../../../../client-sdk/src/messaging/Conversation.ts';
import type { UploadAttachment } from '../../../../client-sdk/src/messaging/uploads/AttachmentUpload.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { rejection } from '../fakes/rejection.ts';
import { FakeMessagingServer } from './fakes/FakeMessagingServer.ts';
import { Messengers, textsOf } from './fakes/messengers.ts';
import { useIndexedDb } from './fakes/useIndexedDb.ts';

const people = new Messengers();

function until(what: string, condition: () => boolean): Promise<unknown> {
  return waitFor(what, condition, { intervalMs: 2 });
}

describe('ChaxiMessenger', () => {
  afterEach(() => people.closeAll());

  describe('connecting', () => {
    it('goes from idle over connecting to connected, and is closed for good', async () => {
      const messenger = people.make('anna');
      const states: string[] = [messenger.state];
      messenger.on('stateChanged', (state) => states.push(state));
      await messenger.connect();
      people.server.cut();
      await until('the reconnect', () => states.length === 5);
      messenger.close();
      messenger.close();
      expect(states).to.deep.equal(['idle', 'connecting', 'connected', 'reconnecting', 'connected', 'closed']);
    });

    it('knows whose it is from the token', async () => {
      const messenger = people.make('anna', { token: () => Promise.resolve(FakeMessagingServer.token('anna')) });
      expect(messenger.identity).to.equal(null);
      await messenger.connect();
      expect(messenger.identity).to.equal('anna');
    });

    it('asks for a token for each connection, also after the last one has expired or none could be had', async () => {
      let asked = 0;
      const token = () => {
        if (++asked === 2) throw new Error('the backend is away');
        return FakeMessagingServer.token('anna');
      };
      const messenger = people.make('anna', { token });
      await messenger.connect();
      people.server.cut('tokenExpired');
      await until('the third token', () => asked === 3 && messenger.state === 'connected');
    });

    it('ends with the reason where the server will never let it in', async () => {
      people.server.refusal = 'tokenInvalid';
      const messenger = people.make('anna');
      const ended = new Promise((resolve) => messenger.on('closed', (error) => resolve(error?.code)));
      const opening = rejection(messenger.openShop());
      expect((await rejection(messenger.connect())).code).to.equal('tokenInvalid');
      expect(await ended).to.equal('tokenInvalid');
      expect((await opening).code).to.equal('invalidState');
    });

    for (const [what, second] of [
      ['of another person', FakeMessagingServer.token('bert')],
      ['that is none', 'no token'],
    ] as const) {
      it(`ends with tokenInvalid when it is given a token ${what}`, async () => {
        const tokens = [FakeMessagingServer.token('anna'), second];
        const messenger = people.make('anna', { token: () => tokens.shift()! });
        await messenger.connect();
        const ended = new Promise((resolve) => messenger.on('closed', (error) => resolve(error?.code)));
        people.server.cut();
        expect(await ended).to.equal('tokenInvalid');
      });
    }

    it('takes no address that is none', () => {
      expect(() => new ChaxiMessenger({ url: 'tea', token: '' })).to.throw(TypeError);
    });

    it('waits for a connection to open a conversation', async () => {
      people.server.addConversation('tea', 'anna');
      people.server.refusal = 'serverUnreachable';
      const messenger = people.make('anna');
      void messenger.connect();
      const opening = messenger.open('tea');
      people.server.refusal = null;
      expect((await opening).conversationId).to.equal('tea');
    });
  });

  describe('the list', () => {
    it('has the conversation with the latest message first, with its last message and what is unread', async () => {
      for (const id of ['tea', 'cake', 'cups']) people.server.addConversation(id, 'anna', 'bert');
      people.server.say('cake', 'bert', 'one', 'two');
      people.server.say('tea', 'bert', 'hello');
      const messenger = people.make('anna');
      const told: number[] = [];
      messenger.on('unreadChanged', (unread) => told.push(unread));
      await messenger.connect();
      expect(await messenger.loadConversations()).to.equal(false);
      const shown = () =>
        messenger.conversations.map(({ conversationId, lastMessage, unread }) => {
          const content = lastMessage?.content;
          return [conversationId, content?.type === 'text' ? content.text : null, unread];
        });
      await until('the last messages', () => messenger.conversations[1]?.lastMessage !== null);
      expect(shown()).to.deep.equal([
        ['cake', 'two', 2],
        ['tea', 'hello', 1],
        ['cups', null, 0],
      ]);
      people.server.say('cups', 'bert', 'a', 'b', 'c');
      await until('the news', () => messenger.unread === 6);
      expect(shown()[0]).to.deep.equal(['cups', 'c', 3]);
      await until('the count to be told', () => told.at(-1) === 6);
    });

    it('loads page by page', async () => {
      for (let i = 0; i < 70; i++) people.server.addConversation(`tea ${i}`, 'anna');
      const messenger = people.make('anna');
      await messenger.connect();
      expect([await messenger.loadConversations(), messenger.conversations.length]).to.deep.equal([true, 50]);
      expect([await messenger.loadConversations(), messenger.conversations.length]).to.deep.equal([false, 70]);
    });

    it('has what happened while there was no connection, also in conversations that are not open', async () => {
      people.server.addConversation('tea', 'anna', 'bert');
      const messenger = people.make('anna');
      await messenger.connect();
      await messenger.loadConversations();
      people.server.refusal = 'serverUnreachable';
      people.server.cut();
      people.server.say('tea', 'bert', 'one', 'two');
      people.server.addConversation('cake', 'anna', 'bert');
      people.server.refusal = null;
      await until('both', () => messenger.conversations.length === 2 && messenger.unread === 2);
      await until('the last message', () => messenger.conversations[0]!.lastMessage?.seq === 2);
      people.server.say('tea', 'bert', 'three');
      await until('the third', () => messenger.unread === 3);
    });

    it('takes in a conversation that begins with a message, and tells of that one too', async () => {
      const messenger = people.make('anna');
      const told: [Conversation, number | null][] = [];
      messenger.on('messageAdded', (conversation, { seq }) => told.push([conversation, seq]));
      await messenger.connect();
      people.server.addConversation('tea', 'anna', 'bert');
      people.server.say('tea', 'bert', 'hello');
      await until('the conversation', () => messenger.conversations.length === 1);
      const [tea] = messenger.conversations;
      await until('the message', () => told.length === 1);
      people.server.say('tea', 'bert', 'again');
      await until('the next', () => told.length === 2);
      expect(told).to.deep.equal([
        [tea, 1],
        [tea, 2],
      ]);
      expect(tea!.unread).to.equal(2);
    });

    it('follows presence in all conversations', async () => {
      people.server.addConversation('tea', 'anna', 'bert');
      const tea = await people.open('anna', 'tea');
      expect([...tea.online]).to.deep.equal(['anna']);
      people.server.tell(['anna'], 'presence', { identity: 'bert', online: true });
      await until('bert', () => tea.online.has('bert'));
      people.server.tell(['anna'], 'presence', { identity: 'bert', online: false });
      await until('bert to go', () => !tea.online.has('bert'));
    });
  });

  describe('with IndexedDB', () => {
    useIndexedDb();
    const durable = { storage: 'indexedDB' } as const;
    beforeEach(() => people.server.addConversation('tea', 'anna', 'bert'));

    it('sends after a reload what was written before it without a connection, in order, before anyone opens anything', async () => {
      const before = people.make('anna', durable);
      await before.connect();
      const tea = await before.open('tea');
      people.server.refusal = 'serverUnreachable';
      people.server.cut();
      const texts = Array.from({ length: 120 }, (_, i) => `cup ${i + 1}`);
      for (const text of texts) await tea.sendText(text);
      // A page that is gone says nothing any more.
      before.close();
      people.server.refusal = null;
      const after = people.make('anna', durable);
      await after.connect();
      await until('all', () => people.server.textsOf('tea').length === 120);
      expect(people.server.textsOf('tea')).to.deep.equal(texts);
      expect(textsOf(await after.open('tea'))).to.deep.equal(texts);
    });

    it('shows again what waits, also what failed, and tells of none of it as new', async () => {
      const first = await people.open('anna', 'tea', durable);
      people.server.mishap = (method) => (method === 'send' ? 'notAllowed' : null);
      await rejection(first.whenStored(await first.sendText('refused')));
      const again = people.make('anna', durable);
      const told: string[] = [];
      again.on('messageAdded', (_, { clientId }) => told.push(clientId));
      await again.connect();
      const tea = await again.open('tea');
      expect(tea.messages.map((message) => tea.statusOf(message))).to.deep.equal(['failed']);
      expect(told).to.deep.equal([]);
    });

    it('shows in each tab what the others write, sends it once, and keeps the order of writing', async () => {
      const one = await people.open('anna', 'tea', durable);
      const two = await people.open('anna', 'tea', durable);
      const told: (string | null)[] = [];
      two.on('messageAdded', ({ content }) => told.push(content?.type === 'text' ? content.text : null));
      const shown: number[] = [];
      two.on('messagesChanged', () => shown.push(two.messages.length));
      // The second tab hears nothing of the server for the time being.
      people.server.loseEvent = () => true;
      const texts = Array.from({ length: 60 }, (_, i) => `cup ${i + 1}`);
      for (const [i, text] of texts.entries()) await (i % 3 === 0 ? two : one).sendText(text);
      for (const tab of [one, two]) {
        await until('all stored', () => tab.messages.length === 60 && tab.messages.every(({ seq }) => seq !== null));
        expect(textsOf(tab)).to.deep.equal(texts);
      }
      expect(people.server.textsOf('tea')).to.deep.equal(texts);
      expect(told.sort()).to.deep.equal([...texts].sort());
      // What is shown as waiting is never gone before it is shown as stored.
      expect(shown).to.deep.equal([...shown].sort((a, b) => a - b));
    });

    it('lets another tab send what the first one can not', async () => {
      let isDown = false;
      const one = await people.open('anna', 'tea', {
        ...durable,
        openSocket: (address, handler) => {
          if (isDown) setImmediate(() => handler.closed(new ChaxiError('serverUnreachable')));
          return people.server.openSocket(address, isDown ? { ...handler, opened: () => undefined } : handler);
        },
      });
      isDown = true;
      people.server.cut();
      const message = await one.sendText('from a tab that is out');
      const two = await people.open('anna', 'tea', durable);
      await until('the message', () => two.messages[0]?.seq === 1);
      expect(two.messages[0]!.key).to.equal(message.key);
    });

    it('keeps the messages of one person from another one of the same browser', async () => {
      const anna = people.make('anna', durable);
      await anna.connect();
      const tea = await anna.open('tea');
      people.server.refusal = 'serverUnreachable';
      people.server.cut();
      await tea.sendText('anna’s');
      anna.close();
      people.server.refusal = null;
      const bert = await people.open('bert', 'tea', durable);
      await bert.whenStored(await bert.sendText('bert’s'));
      expect(textsOf(bert)).to.deep.equal(['bert’s']);
    });

    it('shows a conversation of a page before at once, also without a connection, and what is new when there is one', async () => {
      people.server.say('tea', 'bert', 'one', 'two');
      const before = people.make('anna', durable);
      await before.connect();
      expect(textsOf(await before.open('tea'))).to.deep.equal(['one', 'two']);
      before.close();
      people.server.refusal = 'serverUnreachable';
      people.server.say('tea', 'bert', 'three');
      const after = people.make('anna', durable);
      const told: (number | null)[] = [];
      after.on('messageAdded', (_, { seq }) => told.push(seq));
      void after.connect();
      const tea = await after.open('tea');
      expect(textsOf(tea)).to.deep.equal(['one', 'two']);
      expect(tea.members).to.have.length(2);
      people.server.refusal = null;
      await until('the third', () => tea.messages.length === 3);
      people.server.say('tea', 'bert', 'four');
      await until('the fourth', () => tea.messages.length === 4);
      expect([told, tea.unread]).to.deep.equal([[4], 4]);
    });

    it('loads only the last page where thousands of changes were missed, and the others when they are wanted', async () => {
      people.server.say('tea', 'bert', 'one');
      const tea = await people.open('anna', 'tea', durable);
      people.server.refusal = 'serverUnreachable';
      people.server.cut();
      const texts = Array.from({ length: 1_500 }, (_, i) => `${i}`);
      people.server.say('tea', 'bert', ...texts);
      people.server.refusal = null;
      await until('the last', () => tea.messages.at(-1)?.seq === 1_501);
      expect(textsOf(tea)).to.deep.equal(texts.slice(-100));
      expect(people.server.sent('sync')).to.deep.equal([]);
      await tea.loadOlder();
      expect(textsOf(tea)).to.deep.equal(texts.slice(-200));
    });

    it('forgets a person who signs out', async () => {
      const before = people.make('anna', durable);
      await before.connect();
      await before.open('tea');
      people.server.refusal = 'serverUnreachable';
      people.server.cut();
      await (await before.open('tea')).sendText('never sent');
      await before.forget();
      expect(await indexedDB.databases()).to.deep.equal([]);
    });

    it('uploads files first, goes on with an upload after a reload, and holds the order', async () => {
      const tickets: unknown[] = [];
      let reachable = false;
      const upload: UploadAttachment = async ({ ticket, keepTicket, progressed, blob }) => {
        tickets.push(ticket?.attachmentId ?? null);
        if (!reachable) {
          await keepTicket({ attachmentId: 'leaf', path: '/uploads/leaf', token: 't', maxBytes: 10 });
          progressed(1);
          throw new ChaxiError('serverUnreachable');
        }
        progressed(blob.size);
        return 'leaf';
      };
      const prepare = (picture: Blob) => Promise.resolve(picture);
      const before = people.make('anna', { ...durable, upload, prepare });
      await before.connect();
      const tea = await before.open('tea');
      await tea.sendText('look');
      await tea.sendImage(new File(['png'], 'leaf.png', { type: 'image/png' }), { text: 'a leaf' });
      await tea.sendText('and?');
      await until('the progress', () => tea.messages.at(-2)!.outgoing?.upload?.sentBytes === 1);
      expect((await tea.attachmentUrl(tea.messages.at(-2)!))!.url).to.match(/^blob:/);
      before.close();
      reachable = true;
      const after = people.make('anna', { ...durable, upload });
      await after.connect();
      await until('all three', () => people.server.textsOf('tea').length === 3);
      expect(tickets.at(-1)).to.equal('leaf');
      const [first, second, third] = (await after.open('tea')).messages;
      expect([first, second, third].map((message) => message!.content!.type)).to.deep.equal(['text', 'image', 'text']);
      const url = await (await after.open('tea')).attachmentUrl(second!);
      expect(url).to.deep.equal({ url: 'https://tea.example/files/leaf', previewUrl: null });
    });
  });

  it('keeps the order in which was written while a picture is made ready, and keeps what became of it', async () => {
    people.server.addConversation('tea', 'anna');
    const ready = Promise.withResolvers<Blob>();
    const prepared: string[] = [];
    const sent: string[] = [];
    const messenger = people.make('anna', {
      prepare: async (picture) => {
        prepared.push(await picture.text());
        return ready.promise;
      },
      upload: async ({ blob, name }) => {
        sent.push(`${name}: ${await blob.text()}`);
        return 'leaf';
      },
    });
    await messenger.connect();
    const tea = await messenger.open('tea');
    const image = tea.sendImage(new File(['with its place'], 'leaf.png', { type: 'image/png' }));
    const text = tea.sendText('see?');
    await until('the picture', () => prepared.length === 1);
    expect(tea.messages).to.deep.equal([]);
    ready.resolve(new Blob(['without']));
    await Promise.all([image, text]);
    await tea.whenStored(await text);
    expect(tea.messages.map(({ content }) => content!.type)).to.deep.equal(['image', 'text']);
    expect([prepared, sent]).to.deep.equal([['with its place'], ['leaf.png: without']]);
  });

  it('sends what comes after a picture that can not be shown', async () => {
    people.server.addConversation('tea', 'anna');
    const prepare = () => Promise.reject(new ChaxiError('fileNotSupported'));
    const messenger = people.make('anna', { prepare });
    await messenger.connect();
    const tea = await messenger.open('tea');
    const [refused, text] = [rejection(tea.sendImage(new Blob(['?']))), tea.sendText('hm')];
    expect((await refused).code).to.equal('fileNotSupported');
    await tea.whenStored(await text);
    expect(textsOf(tea)).to.deep.equal(['hm']);
  });

  it('says that nothing outlives the page where there is no IndexedDB, and sends nevertheless', async () => {
    people.server.addConversation('tea', 'anna');
    const messenger = people.make('anna', { storage: 'indexedDB' });
    const failed = new Promise((resolve) => messenger.on('storageFailed', ({ code }) => resolve(code)));
    await messenger.connect();
    const tea = await messenger.open('tea');
    await tea.whenStored(await tea.sendText('hello'));
    expect(await failed).to.equal('storageUnavailable');
  });
});
