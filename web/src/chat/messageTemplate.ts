import { html, nothing } from 'lit';
import type { ChatMessage, MessageStatus } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import type { IconName } from '../design/icons.ts';
import { formatClock } from '../i18n/formatChat.ts';
import type { Chat } from './Chat.ts';
import { contentTemplate } from './contentTemplate.ts';
import type { MenuPage } from './MessageMenu.ts';
import { summarize } from './summarize.ts';

export interface MessageTemplateOptions {
  first: boolean;
  last: boolean;
  /** Its actions are what the Tab key comes to. */
  isCurrent: boolean;
  /** Its menu is open. */
  isOpen: boolean;
  /** One has just come to it from elsewhere. */
  isJumped: boolean;
  /** The last own one that the server has: whoever wrote it wants to know how far it is. */
  isLastOwn: boolean;
  openMenu(message: ChatMessage, anchor: HTMLElement, page?: MenuPage): void;
  jumpTo(seq: number): void;
}

const statusIcons: Readonly<Record<MessageStatus, IconName>> = {
  sending: 'clock',
  failed: 'trouble',
  sent: 'check',
  delivered: 'read',
  read: 'read',
};

/** One message with all that belongs to it. */
export function messageTemplate(chat: Chat, message: ChatMessage, options: MessageTemplateOptions) {
  const { first, last, isJumped } = options;
  const { isOwn, content, key } = message;
  const classes = ['message', isOwn && 'own', first && 'first', last && 'last', isJumped && 'jumped'];
  const bare = content?.type === 'image';
  return html`<li class=${classes.filter(Boolean).join(' ')} data-key=${key}>
    ${first && !isOwn && chat.isForSeveral ? html`<p class="name"><bdi>${message.from.name}</bdi></p>` : nothing}
    <div class="line">
      <div class="bubble ${bare ? 'bare' : ''}">
        ${content === null ? nothing : quoteTemplate(chat, message, options)} ${contentTemplate(chat, message)}
      </div>
      ${moreTemplate(chat, message, options)}
    </div>
    ${reactionsTemplate(chat, message)} ${metaTemplate(chat, message, options)} ${failedTemplate(chat, message)}
  </li>`;
}

function quoteTemplate(chat: Chat, { replyTo }: ChatMessage, { jumpTo }: MessageTemplateOptions) {
  if (replyTo === null) return nothing;
  const { chat: words } = chat.t;
  const quoted = chat.find(replyTo);
  const name = quoted ? chat.nameOf(quoted) : '';
  return html`<button class="quote" title=${quoted ? words.quoteOf(name) : nothing} @click=${() => jumpTo(replyTo)}>
    ${quoted ? html`<span class="who">${name}</span>` : nothing}
    <span class="what">${quoted ? summarize(quoted, words) : words.quoteGone}</span>
  </button>`;
}

function moreTemplate(chat: Chat, message: ChatMessage, { isCurrent, isOpen, openMenu }: MessageTemplateOptions) {
  const { content } = message;
  const hasActions = content !== null && message.seq !== null && (chat.mayWrite || 'text' in content);
  if (!hasActions) return nothing;
  return html`<button
    class="more"
    aria-label=${chat.t.chat.actions(chat.nameOf(message))}
    aria-haspopup="dialog"
    aria-expanded=${isOpen}
    tabindex=${isCurrent ? 0 : -1}
    @click=${(event: Event) => openMenu(message, event.currentTarget as HTMLElement)}
  >
    ${icon('more')}
  </button>`;
}

function reactionsTemplate(chat: Chat, message: ChatMessage) {
  if (message.reactions.length === 0) return nothing;
  return html`<div class="reactions">
    ${message.reactions.map(({ emoji, identities }) => {
      const names = identities.map((identity) => chat.nameOfIdentity(identity)).join(', ');
      return html`<button
        class="reaction"
        aria-label=${chat.t.chat.reacted(emoji, names)}
        aria-pressed=${identities.includes(chat.identity)}
        title=${names}
        ?disabled=${!chat.mayWrite}
        @click=${() => void chat.react(message, emoji)}
      >
        <span>${emoji}</span>${identities.length > 1 ? html`<span>${identities.length}</span>` : nothing}
      </button>`;
    })}
  </div>`;
}

/** The time below what was said in a row, and how far an own message is. */
function metaTemplate(chat: Chat, message: ChatMessage, { last, isLastOwn, openMenu }: MessageTemplateOptions) {
  const { isOwn, editedAt, content, sentAt } = message;
  const status = isOwn ? chat.conversation.statusOf(message) : null;
  const isOnItsWay = status === 'sending' || status === 'failed';
  const isEdited = editedAt !== null && content !== null;
  if (!last && !isOnItsWay && !isEdited) return nothing;
  const { chat: words } = chat.t;
  return html`<p class="meta">
    ${isEdited ? html`<span>${words.edited}</span>` : nothing}
    <time datetime=${new Date(sentAt).toISOString()}>${formatClock(sentAt, chat.language)}</time>
    ${
      status !== null && content !== null && (isLastOwn || isOnItsWay)
        ? statusTemplate(chat, message, status, openMenu)
        : nothing
    }
  </p>`;
}

function statusTemplate(
  chat: Chat,
  message: ChatMessage,
  status: MessageStatus,
  openMenu: MessageTemplateOptions['openMenu'],
) {
  const { chat: words } = chat.t;
  const readers = chat.isForSeveral ? chat.conversation.readBy(message).length : 0;
  const text = readers > 0 && status !== 'read' ? words.readBy(readers) : words.status[status];
  if (!chat.isForSeveral || message.seq === null) {
    return html`<span class="status ${status}">${icon(statusIcons[status])} ${text}</span>`;
  }
  return html`<button
    class="status ${status}"
    aria-haspopup="dialog"
    @click=${(event: Event) => openMenu(message, event.currentTarget as HTMLElement, 'receipts')}
  >
    ${icon(statusIcons[status])} ${text}
  </button>`;
}

function failedTemplate(chat: Chat, message: ChatMessage) {
  const { outgoing } = message;
  if (outgoing?.state !== 'failed') return nothing;
  const { t } = chat;
  return html`<div class="failed">
    ${outgoing.error ? html`<p>${t.sentence(t.errors[outgoing.error.code])}</p>` : nothing}
    <button class="button small" @click=${() => void chat.discard(message)}>${t.chat.discard}</button>
    <button class="button small" @click=${() => void chat.retry(message)}>${t.chat.retry}</button>
  </div>`;
}
