import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import type { Message } from '../../protocol/messages.ts';
import type { Mutate } from '../storage/messages/changeMessages.ts';
import { notAllowed } from './ConversationAccess.ts';

/** Another text of an own message. The change throws messageNotFound, notAllowed, and badRequest where the message has no text. */
export function withText(identity: string, text: string, mentions: readonly string[], nowMs: number): Mutate {
  return (message) => {
    const content = contentOf(message);
    if (message.from.identity !== identity) throw notAllowed();
    if (content.type === 'voice' || content.type === 'card') {
      throw new ChaxiError('badRequest', { path: 'seq', message: 'seq: this message has no text' });
    }
    if (content.type === 'text' && !/\S/u.test(text)) {
      throw new ChaxiError('badRequest', { path: 'text', message: 'text: must not be blank' });
    }
    return { ...message, content: { ...content, text }, mentions: [...new Set(mentions)], editedAt: nowMs };
  };
}

/** Nothing of it is left. The change throws notAllowed where it is someone else's and only own ones may be deleted. */
export function deleted(identity: string, mayDeleteAny: boolean): Mutate {
  return (message) => {
    if (message.from.identity !== identity && !mayDeleteAny) throw notAllowed();
    return message.content && { ...message, content: null, mentions: [], reactions: [] };
  };
}

/** With the reaction of someone, or without it. The change throws messageNotFound, and limitReached where there are too many different ones. */
export function withReaction(identity: string, emoji: string, isOn: boolean): Mutate {
  return (message) => {
    contentOf(message);
    const known = message.reactions.find((reaction) => reaction.emoji === emoji);
    if ((known?.identities.includes(identity) ?? false) === isOn) return null;
    if (!known && message.reactions.length >= limits.reactionKinds) throw new ChaxiError('limitReached');
    const before = known ? message.reactions : [...message.reactions, { emoji, identities: [] }];
    const reactions = before
      .map((reaction) => {
        if (reaction.emoji !== emoji) return reaction;
        const others = reaction.identities.filter((other) => other !== identity);
        return { emoji, identities: isOn ? [...others, identity] : others };
      })
      .filter(({ identities }) => identities.length > 0);
    return { ...message, reactions };
  };
}

/** @throws messageNotFound where it was deleted */
function contentOf({ content }: Message): NonNullable<Message['content']> {
  if (!content) throw new ChaxiError('messageNotFound');
  return content;
}
