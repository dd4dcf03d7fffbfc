import { expect } from 'chai';
import fc from 'fast-check';
import { matchMembers, mentionQuery, mentionsIn, messageParts } from '../../../../web/src/chat/mentions.ts';

const anna = { identity: 'a', name: 'Anna' };
const annaLi = { identity: 'al', name: 'Anna Li' };
const mei = { identity: 'm', name: '陈美' };
const members = [anna, annaLi, mei];

describe('a name that is being written', () => {
  const cases: [says: string, text: string, query: string | null][] = [
    ['begins with an @', '@an', 'an'],
    ['may be empty yet', 'Hello @', ''],
    ['may follow Chinese without a space', '请@陈', '陈'],
    ['is none in an address of mail', 'anna@tea', null],
    ['ends with a space', '@anna ', null],
    ['begins at the last @', '@anna @me', 'me'],
    ['is none without an @', 'anna', null],
  ];
  for (const [says, text, query] of cases) {
    it(says, () => {
      expect(mentionQuery(text, text.length)?.query ?? null).to.equal(query);
    });
  }

  it('is what stands before the caret', () => {
    expect(mentionQuery('so @an is', 6)).to.deep.equal({ start: 3, query: 'an' });
  });

  it('finds who begins so first, then who has it in the name', () => {
    expect(matchMembers(members, 'AN', 5)).to.deep.equal([anna, annaLi]);
    expect(matchMembers([mei, annaLi, { identity: 'l', name: 'Lin' }], 'li', 5).map(({ name }) => name)).to.deep.equal([
      'Lin',
      'Anna Li',
    ]);
    expect(matchMembers(members, '', 2)).to.have.length(2);
  });
});

describe('who is meant in a text', () => {
  it('is whoever’s name stands after an @, the longest that fits', () => {
    expect(mentionsIn('@Anna Li and @陈美, look', members)).to.deep.equal(['al', 'm']);
    expect(mentionsIn('@Anna looks', members)).to.deep.equal(['a']);
  });

  it('is named once', () => {
    expect(mentionsIn('@Anna @Anna', members)).to.deep.equal(['a']);
  });

  it('is nobody whose name stands alone', () => {
    expect(mentionsIn('Anna', members)).to.deep.equal([]);
  });
});

describe('the pieces of a text', () => {
  it('are plain, names and links', () => {
    expect(messageParts('@Anna see https://tea.example/a', [anna])).to.deep.equal([
      { text: '@Anna', mention: anna },
      { text: ' see ' },
      { text: 'https://tea.example/a', href: 'https://tea.example/a' },
    ]);
  });

  it('have no name inside an address', () => {
    expect(messageParts('https://tea.example/@Anna', [anna])).to.deep.equal([
      { text: 'https://tea.example/@Anna', href: 'https://tea.example/@Anna' },
    ]);
  });

  it('are together the text, whatever it is', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('@Anna', '@', '@Anna Li', 'https://a.example', '@陈美'));
    fc.assert(
      fc.property(fc.array(piece), (all) => {
        const text = all.join('');
        expect(
          messageParts(text, members)
            .map((part) => part.text)
            .join(''),
        ).to.equal(text);
      }),
    );
  });
});
