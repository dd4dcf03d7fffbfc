import { expect } from 'chai';
import type { AttachmentInfo, MessageContent } from '../../../../protocol/messages.ts';
import { containing, searchText, searchWords } from '../../../../server/storage/messages/searchText.ts';

const attachment: AttachmentInfo = {
  attachmentId: 'id',
  name: 'Menu.PDF',
  mimeType: 'application/pdf',
  sizeBytes: 1,
  width: null,
  height: null,
  hasPreview: false,
};

describe('searchText', () => {
  for (const [title, content, expected] of [
    ['a text, without case and width', { type: 'text', text: 'Ｏolong Ⅷ ﬁne' }, 'oolong viii fine'],
    ['a text without what PostgreSQL does not take', { type: 'text', text: 'a\0b\ud800' }, 'a b\ufffd'],
    ['a file by its name and its words', { type: 'file', attachment, text: 'Prices' }, 'prices\nmenu.pdf'],
    ['a picture without words by its name', { type: 'image', attachment, text: '' }, '\nmenu.pdf'],
    ['nothing of a voice', { type: 'voice', attachment, durationMs: 1, waveform: [1] }, null],
    ['nothing of what was deleted', null, null],
    [
      'an invite by its title, and not by its address',
      { type: 'card', card: { kind: 'invite', room: 'r', title: 'Tasting', url: 'https://a.example', startsAt: null } },
      'tasting',
    ],
  ] as [string, MessageContent | null, string | null][]) {
    it(`keeps ${title}`, () => {
      expect(searchText(content)).to.equal(expected);
    });
  }
});

describe('searchWords', () => {
  it('are those of the query, each once, as they stand in what is searched', () => {
    expect(searchWords('  TEA　茶\ttea ﬁne ')).to.deep.equal(['tea', '茶', 'fine']);
    expect(searchWords(' \0 ')).to.deep.equal([]);
  });
});

describe('containing', () => {
  it('takes nothing of a word for a pattern', () => {
    expect(containing('100%_\\')).to.equal('%100\\%\\_\\\\%');
  });
});
