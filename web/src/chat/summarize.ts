import type { ChatMessage } from '../../../client-sdk/src/messaging/index.ts';
import type { ChatMessages } from '../i18n/chatMessages.ts';

/** What a message says, in one line. */
export function summarize({ content }: Pick<ChatMessage, 'content'>, { summary }: ChatMessages): string {
  if (content === null) return summary.deleted;
  switch (content.type) {
    case 'text':
      return oneLine(content.text);
    case 'image':
      return oneLine(content.text) || summary.image;
    case 'file':
      return oneLine(content.text) || summary.file(content.attachment.name);
    case 'voice':
      return summary.voice;
    case 'card':
      return summary[content.card.kind];
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
