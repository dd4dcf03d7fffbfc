import { expect } from 'chai';
import type { MessageContent } from '../../../../client-sdk/src/messaging/index.ts';
import { summarize } from '../../../../web/src/chat/summarize.ts';
import { messagesIn } from '../../../../web/src/i18n/languages.ts';

const attachment = {
  attachmentId: 'a',
  name: 'leaf.png',
  mimeType: 'image/png',
  sizeBytes: 1,
  width: 1,
  height: 1,
  hasPreview: true,
};
const cases: [says: string, content: MessageContent | null, line: string][] = [
  ['of a text is the text in one line', { type: 'text', text: ' one\n  two ' }, 'one two'],
  ['of a picture is what was written to it', { type: 'image', attachment, text: 'The leaf' }, 'The leaf'],
  ['of a picture alone is that it is one', { type: 'image', attachment, text: '' }, 'Picture'],
  ['of a file is its name', { type: 'file', attachment, text: '' }, 'File: leaf.png'],
  ['of a voice message is that it is one', { type: 'voice', attachment, durationMs: 1, waveform: [] }, 'Voice message'],
  ['of a card is its kind', { type: 'card', card: { kind: 'guide', title: 'Spring', teas: [] } }, 'Tea guide'],
  ['of what was deleted is that', null, 'Message deleted'],
];

describe('what a message says in a line', () => {
  for (const [says, content, line] of cases) {
    it(says, () => {
      expect(summarize({ content }, messagesIn('en').chat)).to.equal(line);
    });
  }
});
