import type { Card, MessageContent } from '../../../protocol/messages.ts';

/**
 * What can be found of a message: its words, without difference of case, of width and of ligatures (Unicode Standard Annex 15,
 * NFKC). Null where there is nothing.
 */
export function searchText(content: MessageContent | null): string | null {
  return content && (normalise(wordsOf(content).join('\n')) || null);
}

/** The words of a query, each as it stands in `searchText`. */
export function searchWords(query: string): string[] {
  return [...new Set(normalise(query).split(/\s+/u))].filter((word) => word !== '');
}

/** The pattern of SQL's LIKE, with `\` as its escape, that finds a word anywhere. */
export function containing(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** PostgreSQL takes no NUL in a text. */
function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('\0', ' ').toWellFormed();
}

function wordsOf(content: MessageContent): string[] {
  switch (content.type) {
    case 'text':
      return [content.text];
    case 'image':
    case 'file':
      return [content.text, content.attachment.name];
    case 'voice':
      return [];
    case 'card':
      return wordsOfCard(content.card);
  }
}

function wordsOfCard(card: Card): string[] {
  switch (card.kind) {
    case 'invite':
      return [card.title];
    case 'still':
      return [card.takenFrom];
    case 'guide':
      return [card.title, ...card.teas.flatMap(({ name, note }) => [name, note])];
  }
}
