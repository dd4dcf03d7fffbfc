import { html, nothing } from 'lit';
import type { Card, ChatMessage } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import { toStyle } from '../components/toStyle.ts';
import { formatBytes, formatClock, formatDay } from '../i18n/formatChat.ts';
import type { Chat } from './Chat.ts';
import './ChatPicture.ts';
import { fitBox } from './fitBox.ts';
import { messageParts } from './mentions.ts';
import './VoicePlayer.ts';

/** What a message says. All text becomes text nodes: nothing in it is ever taken for markup. */
export function contentTemplate(chat: Chat, message: ChatMessage) {
  const { content } = message;
  const { chat: words } = chat.t;
  if (content === null) return html`<span class="text gone">${words.deleted}</span>`;
  switch (content.type) {
    case 'text':
      return textTemplate(chat, message, content.text);
    case 'image': {
      const { width, height } = fitBox(content.attachment);
      const style = toStyle({ '--width': `${width}px`, '--aspect': `${width} / ${height}` });
      return html`<cx-chat-picture .chat=${chat} .message=${message} .style=${style}></cx-chat-picture>
        ${uploadTemplate(chat, message, content.attachment.name)} ${textTemplate(chat, message, content.text)}`;
    }
    case 'voice':
      return html`<cx-voice .chat=${chat} .message=${message}></cx-voice>
        ${uploadTemplate(chat, message, words.summary.voice)}`;
    case 'file':
      return html`${fileTemplate(chat, message)} ${uploadTemplate(chat, message, content.attachment.name)}
      ${textTemplate(chat, message, content.text)}`;
    case 'card':
      return cardTemplate(chat, content.card);
  }
}

function textTemplate(chat: Chat, { mentions }: ChatMessage, text: string) {
  if (text === '') return nothing;
  const mentioned = chat.conversation.members.filter(({ identity }) => mentions.includes(identity));
  const pieces = messageParts(text, mentioned).map(({ text: piece, href, mention }) => {
    // On its own, an address can not be turned around by what stands beside it.
    if (href !== undefined) {
      return html`<a href=${href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow">${piece}</a>`;
    }
    if (mention) return html`<span class="mention ${mention.identity === chat.identity ? 'me' : ''}">${piece}</span>`;
    return piece;
  });
  return html`<span class="text">${pieces}</span>`;
}

function fileTemplate(chat: Chat, message: ChatMessage) {
  if (message.content?.type !== 'file') return nothing;
  const { name, sizeBytes } = message.content.attachment;
  const size = formatBytes(sizeBytes, chat.language);
  return html`<button
    class="file"
    aria-label=${chat.t.chat.file.save(name, size)}
    ?disabled=${message.seq === null}
    @click=${() => void chat.saveFile(message)}
  >
    ${icon('file')}
    <span class="called"><span class="file-name">${name}</span> <span class="small-text soft">${size}</span></span>
    ${message.seq === null ? nothing : icon('download')}
  </button>`;
}

function uploadTemplate(chat: Chat, message: ChatMessage, name: string) {
  const upload = message.outgoing?.upload;
  if (!upload || message.outgoing?.state === 'failed') return nothing;
  const { sentBytes, totalBytes } = upload;
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * sentBytes) / totalBytes);
  const { upload: words } = chat.t.chat;
  return html`<div class="upload">
    <progress max="100" value=${percent} aria-label=${words.progress(percent)}></progress>
    <button class="button square" aria-label=${words.cancel(name)} @click=${() => void chat.discard(message)}>
      ${icon('close')}
    </button>
  </div>`;
}

function cardTemplate(chat: Chat, card: Card) {
  const { cards: words } = chat.t.chat;
  switch (card.kind) {
    case 'invite':
      return html`<div class="card">
        <p class="kind">${icon('invite')} ${words.invite}</p>
        <p class="title">${card.title}</p>
        <p class="facts">${card.startsAt === null ? words.open : words.startsAt(when(chat, card.startsAt))}</p>
        ${inviteLink(chat, card.url)}
      </div>`;
    case 'still':
      return html`<div class="card">
        ${
          card.previewPath === null
            ? html`<span class="blank"></span>`
            : html`<img src=${chat.serverUrl + card.previewPath} alt="" crossorigin="anonymous" loading="lazy" />`
        }
        <p class="facts">${words.takenBy(card.takenFrom)} · ${when(chat, card.takenAt)}</p>
        <button class="button small" @click=${(event: Event) => viewStill(chat, card, event)}>${words.view}</button>
      </div>`;
    case 'guide':
      return html`<div class="card">
        <p class="kind">${icon('guide')} ${words.guide}</p>
        <p class="title">${card.title}</p>
        <dl>
          ${card.teas.map(
            ({ name, note }) =>
              html`<div>
                <dt>${name}</dt>
                ${note === '' ? nothing : html`<dd>${note}</dd>`}
              </div>`,
          )}
        </dl>
      </div>`;
  }
}

/** Whoever sends it chooses the address: so it says where it leads. */
function inviteLink(chat: Chat, url: string) {
  if (!/^https?:/.test(url) || !URL.canParse(url)) return nothing;
  return html`<p class="facts">${new URL(url).host}</p>
    <a class="button next" href=${url} target="_blank" rel="noopener noreferrer nofollow"
      >${chat.t.chat.cards.join}</a
    >`;
}

function when(chat: Chat, at: number): string {
  return `${formatDay(at, Date.now(), chat.language, chat.t.chat)} ${formatClock(at, chat.language)}`;
}

/** In its room it is looked at there; elsewhere as any picture. */
function viewStill(chat: Chat, { stillId, path }: Extract<Card, { kind: 'still' }>, event: Event): void {
  if (chat.viewStill(stillId)) return;
  const detail = { url: chat.serverUrl + path, name: chat.t.chat.cards.still };
  event.target!.dispatchEvent(new CustomEvent('picture', { detail, bubbles: true, composed: true }));
}
