import { expect } from 'chai';
import type { ChatMessage } from '../../../../client-sdk/src/messaging/ChatMessage.ts';
import type { Conversation } from '../../../../client-sdk/src/messaging/Conversation.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { rejection } from '../fakes/rejection.ts';
import { Messengers, textsOf } from './fakes/messengers.ts';

const people = new Messengers();

function numbered(count: number, word = 'cup'): string[] {
  return Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);
}

async function sendAll(conversation: Conversation, texts: readonly string[]): Promise<ChatMessage[]> {
  return Promise.all(texts.map((text) => conversation.sendText(text)));
}

function untilTexts(conversation: Conversation, texts: readonly string[]): Promise<unknown> {
  const isThere = () => textsOf(conversation).join() === texts.join();
  return waitFor(`${texts.length} messages`, isThere, { intervalMs: 2 }).catch((error: Error) => {
    throw new Error(`${error.message}: ${textsOf(conversation).join()}`);
  });
}

describe('Conversation', () => {
  beforeEach(() => people.server.addConversation('tea', 'anna', 'bert'));
  afterEach(() => people.closeAll());

  describe('sending', () => {
    it('shows a message at once, and that it was stored', async () => {
      const tea = await people.open('anna', 'tea');
      const message = await tea.sendText('hello');
      expect([message.seq, message.isOwn, tea.statusOf(message)]).to.deep.equal([null, true, 'sending']);
      expect(tea.messages).to.deep.equal([message]);
      const stored = await tea.whenStored(message);
      expect([stored.seq, stored.key, tea.statusOf(stored)]).to.deep.equal([1, message.key, 'sent']);
      expect(tea.messages).to.deep.equal([stored]);
    });

    it('keeps the order of the calls over many batches, at this end and at the other', async () => {
      const tea = await people.open('anna', 'tea');
      const others = await people.open('bert', 'tea');
      const texts = numbered(120);
      await sendAll(tea, texts);
      await untilTexts(others, texts);
      await waitFor('all to be stored', () => tea.messages.every(({ seq }) => seq !== null));
      expect(textsOf(tea)).to.deep.equal(texts);
      expect(people.server.textsOf('tea')).to.deep.equal(texts);
    });

    it('tells of each message once: an own one when it is written', async () => {
      const tea = await people.open('anna', 'tea');
      const others = await people.open('bert', 'tea');
      const told: string[] = [];
      tea.on('messageAdded', ({ content, seq }) =>
        told.push(`anna ${content?.type === 'text' && content.text} ${seq}`),
      );
      others.on('messageAdded', ({ content, seq }) =>
        told.push(`bert ${content?.type === 'text' && content.text} ${seq}`),
      );
      await tea.whenStored(await tea.sendText('one'));
      await waitFor('bert to be told', () => told.length === 2);
      await others.whenStored(await others.sendText('two'));
      await waitFor('anna to be told', () => told.length === 4);
      expect(told).to.deep.equal(['anna one null', 'bert one 1', 'bert two null', 'anna two 2']);
    });

    for (const mishap of ['loseRequest', 'loseAnswer'] as const) {
      it(`stores each message once where a socket is lost and takes with it ${mishap === 'loseAnswer' ? 'an answer' : 'a request'}`, async () => {
        const tea = await people.open('anna', 'tea');
        let lost = 0;
        people.server.mishap = (method) => {
          if (method !== 'send' || ++lost > 3) return null;
          setImmediate(() => people.server.cut());
          return mishap;
        };
        const texts = numbered(70);
        const messages = await sendAll(tea, texts);
        await Promise.all(messages.map((message) => tea.whenStored(message)));
        expect(people.server.textsOf('tea')).to.deep.equal(texts);
        expect(textsOf(tea)).to.deep.equal(texts);
      });
    }

    it('tries again what the server could not store, and says meanwhile why', async () => {
      const tea = await people.open('anna', 'tea');
      let refused = 0;
      people.server.mishap = (method) => (method === 'send' && ++refused <= 2 ? 'storageUnavailable' : null);
      const message = await tea.sendText('hello');
      await waitFor('the reason', () => tea.messages[0]?.outgoing?.error?.code === 'storageUnavailable', {
        intervalMs: 1,
      });
      expect(tea.statusOf(tea.messages[0]!)).to.equal('sending');
      await tea.whenStored(message);
      expect(people.server.textsOf('tea')).to.deep.equal(['hello']);
    });

    it('shows which message of many was refused, and sends all the others in order', async () => {
      const tea = await people.open('anna', 'tea');
      people.server.mishap = (method, { messages }: { messages?: { content: { text: string } }[] }) =>
        method === 'send' && messages?.some(({ content }) => content.text === 'cup 3') ? 'badRequest' : null;
      const messages = await sendAll(tea, numbered(6));
      const outcomes = await Promise.allSettled(messages.map((message) => tea.whenStored(message)));
      expect(outcomes.map(({ status }) => status === 'fulfilled')).to.deep.equal([true, true, false, true, true, true]);
      expect(people.server.textsOf('tea')).to.deep.equal(['cup 1', 'cup 2', 'cup 4', 'cup 5', 'cup 6']);
      const failed = tea.messages.at(-1)!;
      expect([tea.statusOf(failed), failed.outgoing?.error?.code]).to.deep.equal(['failed', 'badRequest']);
    });

    it('sends a failed message when it is tried again, and forgets one that is discarded', async () => {
      const tea = await people.open('anna', 'tea');
      people.server.mishap = (method) => (method === 'send' ? 'notAllowed' : null);
      const [first, second] = await sendAll(tea, ['one', 'two']);
      expect((await rejection(tea.whenStored(first!))).code).to.equal('notAllowed');
      await rejection(tea.whenStored(second!));
      people.server.mishap = () => null;
      await tea.discard(first!);
      await tea.retry(second!);
      expect((await tea.whenStored(second!)).seq).to.equal(1);
      expect(textsOf(tea)).to.deep.equal(['two']);
    });

    for (const [what, text, code] of [
      ['blank', ' \n', 'badRequest'],
      ['too long', 'x'.repeat(8_001), 'messageTooLarge'],
    ] as const) {
      it(`keeps no text that is ${what}`, async () => {
        const tea = await people.open('anna', 'tea');
        expect((await rejection(tea.sendText(text))).code).to.equal(code);
        expect(tea.messages).to.deep.equal([]);
      });
    }
  });

  describe('receiving', () => {
    it('loads the last messages, and older ones page by page', async () => {
      people.server.say('tea', 'bert', ...numbered(230));
      const tea = await people.open('anna', 'tea');
      expect([tea.messages.length, tea.hasOlder, tea.messages.at(-1)?.seq]).to.deep.equal([100, true, 230]);
      expect(await tea.loadOlder()).to.equal(true);
      expect(await tea.loadOlder()).to.equal(false);
      expect(textsOf(tea)).to.deep.equal(numbered(230));
      expect(tea.hasOlder).to.equal(false);
    });

    it('loads as far back as a message that was found', async () => {
      people.server.say('tea', 'bert', ...numbered(450));
      const tea = await people.open('anna', 'tea');
      await tea.loadUntil(120);
      expect(tea.messages[0]!.seq).to.be.at.most(120);
      expect(tea.messages.length).to.equal(400);
    });

    it('shows edits, reactions and deletions, in the place of the message', async () => {
      const [first, second] = people.server.say('tea', 'bert', 'one', 'two', 'three');
      const tea = await people.open('anna', 'tea');
      people.server.change('tea', second!.seq, { content: { type: 'text', text: 'zwei' }, editedAt: 5 });
      people.server.change('tea', first!.seq, { content: null });
      await untilTexts(tea, ['(none)', 'zwei', 'three']);
    });

    it('asks for what an event before was lost with', async () => {
      const tea = await people.open('anna', 'tea');
      people.server.loseEvent = () => true;
      people.server.say('tea', 'bert', 'one', 'two');
      people.server.loseEvent = () => false;
      people.server.say('tea', 'bert', 'three');
      await untilTexts(tea, ['one', 'two', 'three']);
    });

    it('has all that was said while it was away, whatever the gap, each once and told in order', async () => {
      const tea = await people.open('anna', 'tea');
      const told: (number | null)[] = [];
      tea.on('messageAdded', ({ seq }) => told.push(seq));
      people.server.refusal = 'serverUnreachable';
      people.server.cut();
      people.server.say('tea', 'bert', ...numbered(450));
      people.server.refusal = null;
      await untilTexts(tea, numbered(450));
      expect(told).to.deep.equal(Array.from({ length: 450 }, (_, i) => i + 1));
    });

    it('asks for all again on resync', async () => {
      const tea = await people.open('anna', 'tea');
      people.server.loseEvent = () => true;
      people.server.say('tea', 'bert', 'one');
      people.server.tell(['anna'], 'resync', {});
      await untilTexts(tea, ['one']);
    });

    it('keeps its order when both sides write while the socket is cut again and again', async () => {
      const tea = await people.open('anna', 'tea');
      const others = await people.open('bert', 'tea');
      const sent = { anna: numbered(250, 'a'), bert: numbered(250, 'b') };
      let requests = 0;
      people.server.mishap = () => {
        if (++requests % 7 === 0 && requests < 100) setImmediate(() => people.server.cut());
        return null;
      };
      const writing = [];
      for (let i = 0; i < 250; i += 10) {
        writing.push(sendAll(tea, sent.anna.slice(i, i + 10)), sendAll(others, sent.bert.slice(i, i + 10)));
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (const [conversation, messages] of [
        [tea, (await Promise.all(writing.filter((_, i) => i % 2 === 0))).flat()],
        [others, (await Promise.all(writing.filter((_, i) => i % 2 === 1))).flat()],
      ] as const) {
        await Promise.all(messages.map((message) => conversation.whenStored(message)));
      }
      const stored = people.server.textsOf('tea');
      expect(stored.filter((text) => text.startsWith('a'))).to.deep.equal(sent.anna);
      expect(stored.filter((text) => text.startsWith('b'))).to.deep.equal(sent.bert);
      await untilTexts(tea, stored);
      await untilTexts(others, stored);
    });
  });

  describe('read marks', () => {
    it('say delivered and read when all others have it', async () => {
      people.server.addConversation('trio', 'anna', 'bert', 'cleo');
      const trio = await people.open('anna', 'trio');
      const message = await trio.whenStored(await trio.sendText('hello'));
      const statuses: string[] = [];
      trio.on('membersChanged', () => statuses.push(trio.statusOf(message)));
      people.server.receipts('trio', 'bert', { readSeq: 1, deliveredSeq: 1 });
      people.server.receipts('trio', 'cleo', { deliveredSeq: 1 });
      await waitFor('both', () => statuses.length === 2);
      expect(trio.readBy(message).map(({ identity }) => identity)).to.deep.equal(['bert']);
      people.server.receipts('trio', 'cleo', { readSeq: 1 });
      await waitFor('the last', () => statuses.length === 3);
      expect(statuses).to.deep.equal(['sent', 'delivered', 'read']);
    });

    it('tell the server by themselves that messages have come, several at once', async () => {
      await people.open('anna', 'tea');
      people.server.say('tea', 'bert', 'one', 'two');
      people.server.say('tea', 'bert', 'three');
      await waitFor('the receipt', () => people.server.sent('markDelivered').length > 0);
      expect(people.server.sent('markDelivered')).to.deep.equal([{ conversationId: 'tea', seq: 3 }]);
    });

    it('count what is unread, and are told when there is a connection again', async () => {
      people.server.say('tea', 'bert', 'one', 'two');
      const tea = await people.open('anna', 'tea');
      expect(tea.unread).to.equal(2);
      people.server.say('tea', 'bert', 'three');
      await waitFor('the third', () => tea.unread === 3);
      tea.markRead(2);
      expect(tea.unread).to.equal(1);
      people.server.cut();
      tea.markRead();
      expect(tea.unread).to.equal(0);
      await waitFor('the mark', () => people.server.conversations.get('tea')!.members[0]!.readSeq === 3);
    });

    it('follow another device of the same person', async () => {
      people.server.say('tea', 'bert', 'one', 'two');
      const phone = await people.open('anna', 'tea');
      const desk = await people.open('anna', 'tea');
      desk.markRead();
      await waitFor('the phone to know', () => phone.unread === 0);
      await desk.sendText('from the desk');
      await untilTexts(phone, ['one', 'two', 'from the desk']);
      expect(phone.messages.at(-1)).to.deep.include({ isOwn: true, outgoing: null });
    });
  });

  it('shows who writes, until the message is there', async () => {
    const tea = await people.open('anna', 'tea');
    const others = await people.open('bert', 'tea');
    others.setTyping();
    others.setTyping();
    await waitFor('bert to write', () => tea.typing.length === 1);
    expect(tea.typing).to.deep.equal([{ identity: 'bert', name: 'BERT' }]);
    await others.sendText('there');
    await untilTexts(tea, ['there']);
    expect(tea.typing).to.deep.equal([]);
  });

  it('changes and deletes messages that are stored', async () => {
    const tea = await people.open('anna', 'tea');
    const others = await people.open('bert', 'tea');
    const written = await tea.sendText('helo');
    expect((await rejection(tea.edit(written, 'hello'))).code).to.equal('invalidState');
    await tea.whenStored(written);
    await tea.edit(written, 'hello');
    expect(textsOf(tea)).to.deep.equal(['hello']);
    await untilTexts(others, ['hello']);
    await tea.delete(written);
    expect(tea.messages[0]!.content).to.equal(null);
  });

  it('keeps what is told before the answer that does not say it yet', async () => {
    const tea = people.server.conversations.get('tea')!;
    const bert = tea.members.pop()!;
    people.server.meanwhile = (method) => {
      if (method !== 'openConversation' || tea.members.length > 1) return;
      tea.members.push(bert);
      people.server.tell(['anna'], 'members', { conversationId: 'tea', members: [bert], gone: [] });
    };
    const conversation = await people.open('anna', 'tea');
    expect(conversation.members.map(({ identity }) => identity)).to.deep.equal(['anna', 'bert']);
  });

  it('ends when this person is no longer a member', async () => {
    const tea = await people.open('anna', 'tea');
    const ended = new Promise<string | undefined>((resolve) => tea.on('closed', (error) => resolve(error?.code)));
    people.server.tell(['anna'], 'conversationGone', { conversationId: 'tea' });
    expect(await ended).to.equal('conversationNotFound');
    expect((await rejection(tea.sendText('anyone?'))).code).to.equal('invalidState');
  });
});
