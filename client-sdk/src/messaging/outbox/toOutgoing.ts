import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { limits } from '../../../../protocol/limits.ts';
import type { OutgoingContent, OutgoingMessageInput } from '../../../../protocol/messages.ts';
import type { DraftContent } from '../DraftContent.ts';
import { clientIdOf, type OutboxEntry } from './OutboxEntry.ts';

/** As the server takes it. Of a message with a file, when the file is there. */
export function toOutgoing(entry: OutboxEntry): OutgoingMessageInput {
  return {
    clientId: clientIdOf(entry),
    content: toContent(entry.content, entry.attachmentId ?? ''),
    replyTo: entry.replyTo,
    mentions: [...entry.mentions],
  };
}

/** @throws ChaxiError messageTooLarge, badRequest: the server would not take it, so it is not kept in the first place */
export function checkDraft(content: DraftContent): void {
  const text = 'text' in content ? (content.text ?? '') : '';
  if (text.length > limits.messageText) throw new ChaxiError('messageTooLarge', { path: 'text' });
  if (content.type === 'text' && !/\S/u.test(text)) {
    throw new ChaxiError('badRequest', { message: 'There is no text to send.', path: 'text' });
  }
  if ('file' in content && content.file.size === 0) {
    throw new ChaxiError('badRequest', { message: 'The file is empty.', path: 'file' });
  }
}

function toContent(content: DraftContent, attachmentId: string): OutgoingContent {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'image':
    case 'file':
      return { type: content.type, attachmentId, text: content.text ?? '' };
    case 'voice':
      return { type: 'voice', attachmentId, durationMs: content.durationMs, waveform: [...content.waveform] };
    case 'card':
      return { type: 'card', card: content.card };
  }
}
