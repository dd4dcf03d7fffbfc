import { css, html, nothing } from 'lit';
import type { ChatMessages } from '../i18n/chatMessages.ts';
import type { Chat } from './Chat.ts';

/**
 * Whom one writes with, and whether they are there. `title` where the page knows a better one; `level` of the heading among those of the
 * page.
 */
export function chatHead(chat: Chat, { title = chat.conversation.info.title, level = 2 } = {}) {
  const { chat: words } = chat.t;
  return html`<div class="chat-head">
    <h2 role="heading" aria-level=${level} tabindex="-1"><bdi>${title}</bdi></h2>
    <p class="small-text soft">${presenceOf(chat, words) ?? nothing}</p>
  </div>`;
}

export const chatHeadStyles = css`
  .chat-head {
    flex: 1;
    min-width: 0;
    line-height: 1.4;
  }
  .chat-head h2 {
    overflow: hidden;
    font-size: var(--cx-size-lead);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chat-head h2:focus {
    outline: none;
  }
  .chat-head p {
    min-height: 1.4em;
  }
`;

function presenceOf(chat: Chat, words: ChatMessages): string | null {
  const { online, info } = chat.conversation;
  const others = chat.others.filter(({ identity }) => online.has(identity));
  if (!chat.isForSeveral) return others.length > 0 ? words.online : null;
  const all = words.memberCount(info.memberCount);
  return others.length > 0 ? `${all} · ${words.onlineCount(others.length + 1)}` : all;
}
