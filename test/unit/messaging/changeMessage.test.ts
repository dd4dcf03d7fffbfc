import { expect } from 'chai';
import { limits } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/messages.ts';
import { deleted, withReaction, withText } from '../../../server/messaging/changeMessage.ts';

const message: Message = Object.freeze({
  conversationId: 'a',
  seq: 1,
  change: 1,
  clientId: 'device-1:1',
  from: { identity: 'li', name: 'Li' },
  sentAt: 1,
  content: { type: 'text', text: 'hello' } as const,
  replyTo: null,
  mentions: ['wang'],
  editedAt: null,
  reactions: [{ emoji: '🍵', identities: ['wang'] }],
});
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'no error';
};

describe('a change of a message', () => {
  it('gives it another text and other mentions, and keeps what is beside the text', () => {
    const file = { type: 'file', attachment: { attachmentId: 'x' }, text: 'old' } as never;
    expect(withText('li', 'new', ['a', 'a'], 7)({ ...message, content: file })).to.deep.include({
      content: { type: 'file', attachment: { attachmentId: 'x' }, text: 'new' },
      mentions: ['a'],
      editedAt: 7,
    });
    expect(withText('li', ' ', [], 7)({ ...message, content: file })).to.have.nested.property('content.text', ' ');
  });

  it('by another text is for its sender, where there is a text, and not into a blank one', () => {
    expect(codeOf(() => withText('wang', 'new', [], 7)(message))).to.equal('notAllowed');
    expect(codeOf(() => withText('li', '\n', [], 7)(message))).to.equal('badRequest');
    expect(codeOf(() => withText('li', 'new', [], 7)({ ...message, content: null }))).to.equal('messageNotFound');
    const card = { type: 'card', card: {} } as never;
    expect(codeOf(() => withText('li', 'new', [], 7)({ ...message, content: card }))).to.equal('badRequest');
  });

  it('deletes all that it says, of another person only by who may', () => {
    const nothing = { content: null, mentions: [], reactions: [] };
    expect(deleted('li', false)(message)).to.deep.include(nothing);
    expect(deleted('shop', true)(message)).to.deep.include(nothing);
    expect(codeOf(() => deleted('wang', false)(message))).to.equal('notAllowed');
    expect(deleted('li', false)({ ...message, content: null })).to.equal(null);
  });

  it('adds a reaction or takes it away, and none twice', () => {
    expect(withReaction('li', '🍵', true)(message)?.reactions).to.deep.equal([
      { emoji: '🍵', identities: ['wang', 'li'] },
    ]);
    expect(withReaction('wang', '🍵', true)(message)).to.equal(null);
    expect(withReaction('wang', '🍵', false)(message)?.reactions).to.deep.equal([]);
    expect(withReaction('li', '👍', false)(message)).to.equal(null);
    expect(withReaction('li', '👍', true)(message)?.reactions.map(({ emoji }) => emoji)).to.deep.equal(['🍵', '👍']);
  });

  it('adds no more kinds of reactions than there may be', () => {
    const reactions = Array.from({ length: limits.reactionKinds }, (_, index) => ({
      emoji: String(index),
      identities: ['wang'],
    }));
    expect(codeOf(() => withReaction('li', '👍', true)({ ...message, reactions }))).to.equal('limitReached');
    expect(withReaction('li', '3', true)({ ...message, reactions })?.reactions).to.have.length(limits.reactionKinds);
  });
});
