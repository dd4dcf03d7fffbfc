import { expect } from 'chai';
import { ChaxiError } from '../../../../client-sdk/src/index.ts';
import type { ChatMessage, Conversation } from '../../../../client-sdk/src/messaging/index.ts';
import { Chat } from '../../../../web/src/chat/Chat.ts';

const text = (content: string, more: Partial<ChatMessage> = {}) =>
  ({
    key: content,
    seq: 1,
    isOwn: true,
    content: { type: 'text', text: content },
    reactions: [],
    ...more,
  }) as ChatMessage;

/** A chat over a conversation that only notes what it is asked for. */
function open(role: 'host' | 'member' | 'observer' = 'member') {
  const asked: unknown[][] = [];
  let failure: Error | null = null;
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      asked.push([name, ...args]);
      return failure ? Promise.reject(failure) : Promise.resolve();
    };
  const conversation = {
    conversationId: 'c1',
    info: { role, kind: 'shop', readSeq: 3 },
    unread: 2,
    members: [
      { identity: 'anna', name: 'Anna' },
      { identity: 'mei', name: 'Mei' },
    ],
    on: () => conversation,
    off: () => conversation,
    setTyping: () => undefined,
    send: note('send'),
    sendText: note('sendText'),
    edit: note('edit'),
    react: note('react'),
    delete: note('delete'),
  };
  const chat = new Chat({
    conversation: conversation as unknown as Conversation,
    identity: 'anna',
    language: 'en',
    serverUrl: 'https://tea.example',
    isConnected: () => true,
  });
  return { chat, asked, fail: (error: Error) => (failure = error) };
}

describe('a chat', () => {
  it('sends what is written, to whom it is an answer and who is meant', async () => {
    const { chat, asked } = open();
    const question = text('Which?', { isOwn: false });
    chat.reply(question);
    chat.write('The second, @Mei ');
    await chat.send();
    expect(asked).to.deep.equal([['sendText', 'The second, @Mei', { replyTo: question, mentions: ['mei'] }]]);
    expect([chat.draft, chat.replyTo]).to.deep.equal(['', null]);
  });

  it('sends nothing that is blank', async () => {
    const { chat, asked } = open();
    chat.write(' \n ');
    await chat.send();
    expect(asked).to.deep.equal([]);
  });

  it('sends files each as a message, and the text with the last one', async () => {
    const { chat, asked } = open();
    const [leaf, notes] = [
      new File([], 'leaf.png', { type: 'image/png' }),
      new File([], 'a.svg', { type: 'image/svg+xml' }),
    ];
    chat.write('From spring');
    await chat.send([leaf, notes]);
    expect(asked.map(([, content]) => content)).to.deep.equal([
      { type: 'image', file: leaf, name: 'leaf.png', text: '' },
      { type: 'file', file: notes, name: 'a.svg', text: 'From spring' },
    ]);
  });

  it('changes an own message in the place of the draft', async () => {
    const { chat, asked } = open();
    const said = text('The fist');
    chat.edit(said);
    expect(chat.draft).to.equal('The fist');
    chat.write('The first');
    await chat.send();
    expect(asked).to.deep.equal([['edit', said, 'The first', { mentions: [] }]]);
    expect([chat.draft, chat.editing]).to.deep.equal(['', null]);
  });

  it('takes an own reaction away by the same emoji', async () => {
    const { chat, asked } = open();
    const liked = text('a', { reactions: [{ emoji: '👍', identities: ['anna'] }] });
    await chat.react(liked, '👍');
    await chat.react(liked, '🍵');
    expect(asked).to.deep.equal([
      ['react', liked, '👍', false],
      ['react', liked, '🍵', true],
    ]);
  });

  it('marks what was unread when it came into view, until one writes', async () => {
    const { chat } = open();
    expect(chat.newAfter).to.equal(3);
    chat.write('Yes');
    await chat.send();
    expect(chat.newAfter).to.equal(null);
  });

  it('says in words what went wrong', async () => {
    const { chat, fail } = open();
    fail(new ChaxiError('rateLimited'));
    await chat.delete(text('a'));
    expect(chat.problem).to.match(/^That was too often/);
    chat.tell(null);
    expect(chat.problem).to.equal(null);
  });

  const others = text('b', { isOwn: false });
  const waiting = text('c', { seq: null });
  const picture = text('d', { content: { type: 'image', attachment: {}, text: '' } as ChatMessage['content'] });
  const gone = text('e', { content: null });
  const cases = [
    { role: 'member', edits: ['a'], deletes: ['a', 'd'] },
    { role: 'host', edits: ['a'], deletes: ['a', 'b', 'd'] },
    { role: 'observer', edits: [], deletes: [] },
  ] as const;
  for (const { role, edits, deletes } of cases) {
    it(`lets a ${role} change ${edits.length} and delete ${deletes.length} of five messages`, () => {
      const { chat } = open(role);
      const all = [text('a'), others, waiting, picture, gone];
      expect(all.filter((message) => chat.mayEdit(message)).map(({ key }) => key)).to.deep.equal(edits);
      expect(all.filter((message) => chat.mayDelete(message)).map(({ key }) => key)).to.deep.equal(deletes);
    });
  }
});
