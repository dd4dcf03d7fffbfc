import type { OwnConversation } from '../../../../protocol/conversations.ts';
import { limits } from '../../../../protocol/limits.ts';
import type { Timeline } from '../timeline/Timeline.ts';

export interface ReadPosition {
  timeline: Timeline;
  /** As the server counted it last. */
  counted: Pick<OwnConversation, 'lastChange' | 'readSeq' | 'unread' | 'mentioned'>;
  /** Up to here this person has read by now. */
  readSeq: number;
  identity: string;
}

/**
 * What of a conversation is unread, between two counts of the server: by the messages themselves where all of them are loaded, else what
 * came since is added.
 */
export function countUnread(position: ReadPosition): Pick<OwnConversation, 'unread' | 'mentioned'> {
  const { timeline, counted, readSeq, identity } = position;
  const unread = timeline.messages.filter(
    ({ seq, from, content }) => seq > readSeq && from.identity !== identity && content !== null,
  );
  const areLoaded = readSeq >= timeline.from - 1 || readSeq > counted.readSeq;
  const since = areLoaded ? unread : unread.filter(({ seq }) => seq > counted.lastChange);
  const before = areLoaded ? 0 : counted.unread;
  return {
    unread: Math.min(before + since.length, limits.unreadCount),
    mentioned: (before > 0 && counted.mentioned) || since.some(({ mentions }) => mentions.includes(identity)),
  };
}
