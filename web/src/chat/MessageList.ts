import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import { formatDay } from '../i18n/formatChat.ts';
import type { Chat } from './Chat.ts';
import { ChatElement } from './ChatElement.ts';
import { contentStyles } from './contentStyles.ts';
import type { MenuPage, MessageMenu } from './MessageMenu.ts';
import './MessageMenu.ts';
import { messageListStyles } from './messageListStyles.ts';
import { firstNew, messageRows, type MessageRow } from './messageRows.ts';
import { messageStyles } from './messageStyles.ts';
import { messageTemplate } from './messageTemplate.ts';
import { followWindow, lastWindow, moveWindow, windowAround, type MessageWindow } from './messageWindow.ts';
import { ScrollKeeper } from './ScrollKeeper.ts';
import { summarize } from './summarize.ts';

/** So near to an edge, in CSS pixels, the next messages are fetched. */
const NEAR = 600;
const JUMPED_MS = 2_000;

/** The messages, the latest at the lower edge. Only a part of a long history is in the page. */
export class MessageList extends ChatElement {
  static override properties = {
    ...ChatElement.properties,
    range: { state: true },
    atEnd: { state: true },
    current: { state: true },
    opened: { state: true },
    jumped: { state: true },
    loading: { state: true },
  };
  static override styles = [...[ChatElement.styles].flat(), messageStyles, contentStyles, messageListStyles];

  declare range: MessageWindow;
  declare atEnd: boolean;
  /** Key of the message whose actions the Tab key comes to; null: of the last. */
  declare current: string | null;
  /** Key of the message whose menu is open. */
  declare opened: string | null;
  declare jumped: string | null;
  declare loading: boolean;
  #shown: { chat: Chat; firstKey: string | undefined; lastKey: string | undefined; count: number } | null = null;
  #jumpTimer: ReturnType<typeof setTimeout> | undefined;
  #heard = '';
  readonly #keeper = new ScrollKeeper();
  readonly #visible = () => this.#read();

  constructor() {
    super();
    this.range = { start: 0, end: 0 };
    this.atEnd = true;
    this.current = null;
    this.opened = null;
    this.jumped = null;
    this.loading = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#visible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#visible);
    clearTimeout(this.#jumpTimer);
    this.#keeper.disconnect();
  }

  /** Shows a message of this conversation, wherever it is, and marks it for a moment. */
  async jumpTo(seq: number): Promise<void> {
    if (!this.chat.find(seq)) await this.chat.attempt(() => this.chat.conversation.loadUntil(seq));
    const { messages } = this.chat.conversation;
    const place = messages.findIndex((message) => message.seq === seq);
    const message = messages[place];
    if (!message) return;
    await this.updateComplete;
    if (place < this.range.start || place >= this.range.end) this.range = windowAround(place, messages.length);
    this.jumped = message.key;
    this.#keeper.free();
    clearTimeout(this.#jumpTimer);
    this.#jumpTimer = setTimeout(() => (this.jumped = null), JUMPED_MS);
    await this.updateComplete;
    this.#row(message.key)?.scrollIntoView({ block: 'center' });
    this.#scrolled();
  }

  toEnd(): void {
    this.range = lastWindow(this.chat.conversation.messages.length);
    this.#keeper.toEnd();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#follow();
    this.#keeper.before();
  }

  protected override firstUpdated(): void {
    this.#keeper.connect(this.#scroller, this.renderRoot.querySelector<HTMLElement>('.content')!);
  }

  protected override updated(): void {
    this.#keeper.after();
    this.#scrolled();
  }

  protected override render() {
    const { chat } = this;
    const { conversation, t } = chat;
    const messages = conversation.messages.slice(this.range.start, this.range.end);
    const { identity, newAfter: readSeq } = chat;
    const newFrom = firstNew(conversation.messages, { identity, readSeq, hasOlder: conversation.hasOlder });
    const rows = messageRows(messages, newFrom);
    const lastOwn = conversation.messages.findLast(({ isOwn, seq }) => isOwn && seq !== null);
    const current = messages.some(({ key }) => key === this.current) ? this.current : messages.at(-1)?.key;
    return html`<div
        class="scroll"
        role="log"
        aria-live="off"
        aria-label=${t.chat.log}
        tabindex="0"
        @scroll=${() => this.#scrolled()}
        @keydown=${this.#key}
      >
        <div class="content">
          ${this.loading ? html`<p class="loading small-text soft">${t.chat.loading}</p>` : nothing}
          <ol>
            ${repeat(rows, keyOf, (row) => this.#rowTemplate(row, { current, lastOwn }))}
          </ol>
        </div>
      </div>
      ${messages.length === 0 ? this.#empty() : nothing} ${this.#latest()}
      <p class="heard" role="status">${this.#heard}</p>
      <cx-message-menu
        .chat=${chat}
        @menu=${(event: CustomEvent<ChatMessage | null>) => (this.opened = event.detail?.key ?? null)}
      ></cx-message-menu>`;
  }

  #rowTemplate(
    row: MessageRow<ChatMessage>,
    { current, lastOwn }: { current: string | null | undefined; lastOwn: ChatMessage | undefined },
  ) {
    const { chat } = this;
    switch (row.kind) {
      case 'day':
        return html`<li class="day">${formatDay(row.at, Date.now(), chat.language, chat.t.chat)}</li>`;
      case 'new':
        return html`<li class="new">${chat.t.chat.newBelow}</li>`;
      case 'message': {
        const { message, first, last } = row;
        return messageTemplate(chat, message, {
          first,
          last,
          isCurrent: message.key === current,
          isOpen: message.key === this.opened,
          isJumped: message.key === this.jumped,
          isLastOwn: message === lastOwn,
          openMenu: (of, anchor, page) => this.#openMenu(of, anchor, page),
          jumpTo: (seq) => void this.jumpTo(seq),
        });
      }
    }
  }

  #empty() {
    const { conversation, mayWrite, t } = this.chat;
    if (conversation.hasOlder) return nothing;
    return html`<div class="empty">
      <p>${t.chat.empty}</p>
      <p class="soft">${mayWrite ? t.chat.emptyHint : t.chat.readOnly}</p>
    </div>`;
  }

  #latest() {
    const { conversation, t } = this.chat;
    if (this.atEnd) return nothing;
    const count = conversation.unread;
    return html`<button
      class="latest ${count === 0 ? 'bare' : ''}"
      aria-label=${count === 0 ? t.chat.toLatest : nothing}
      @click=${() => this.toEnd()}
    >
      ${count === 0 ? nothing : t.chat.newMessages(count)} ${icon('arrowDown')}
    </button>`;
  }

  get #scroller(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.scroll')!;
  }

  #row(key: string): HTMLElement | null {
    return this.renderRoot.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  #openMenu(message: ChatMessage, anchor: HTMLElement, page?: MenuPage): void {
    this.current = message.key;
    void this.renderRoot.querySelector<MessageMenu>('cx-message-menu')!.open(message, anchor, page);
  }

  /** Carries the window along with what came and went. */
  #follow(): void {
    const { chat } = this;
    const { messages } = chat.conversation;
    const [first, last] = [messages[0], messages.at(-1)];
    const before = this.#shown;
    this.#shown = { chat, firstKey: first?.key, lastKey: last?.key, count: messages.length };
    if (before?.chat !== chat) {
      this.range = lastWindow(messages.length);
      this.#keeper.open();
      return;
    }
    if (before.firstKey === first?.key && before.lastKey === last?.key && before.count === messages.length) return;
    const older = Math.max(
      0,
      messages.findIndex(({ key }) => key === before.firstKey),
    );
    this.range = followWindow(this.range, { older, before: before.count, count: messages.length });
    const isNew = before.lastKey !== last?.key && messages.length > before.count + older;
    if (!isNew || !last) return;
    if (last.isOwn) this.toEnd();
    else this.#heard = chat.t.chat.summary.by(last.from.name, summarize(last, chat.t.chat));
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    if (clientHeight === 0) return;
    const { messages, hasOlder } = this.chat.conversation;
    this.#keeper.scrolled();
    this.atEnd = this.#keeper.atEnd && this.range.end === messages.length;
    if (scrollTop < NEAR && this.range.start > 0) this.range = moveWindow(this.range, -1, messages.length);
    else if (scrollTop < NEAR && hasOlder) void this.#loadOlder();
    else if (scrollHeight - scrollTop - clientHeight < NEAR && this.range.end < messages.length) {
      this.range = moveWindow(this.range, 1, messages.length);
    }
    this.#read();
  }

  async #loadOlder(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    // Without a connection it is tried again with the next scrolling.
    await this.chat.conversation.loadOlder().catch(() => undefined);
    this.loading = false;
  }

  /** What can be seen has been read. */
  #read(): void {
    if (document.visibilityState !== 'visible' || !this.hasUpdated) return;
    const { bottom, height } = this.#scroller.getBoundingClientRect();
    if (height === 0) return;
    const { messages, info, unread } = this.chat.conversation;
    if (unread === 0) return;
    const seen = messages.slice(this.range.start, this.range.end).findLast(({ key, seq }) => {
      const row = seq === null ? null : this.#row(key);
      return row !== null && row.getBoundingClientRect().top < bottom - 16;
    });
    if (seen?.seq && seen.seq > info.readSeq) this.chat.conversation.markRead(seen.seq);
  }

  /** Up and down go from one message's actions to the next. */
  #key(event: KeyboardEvent): void {
    const button = event.composedPath()[0];
    if (!(button instanceof HTMLElement) || !button.matches('.more')) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.more')];
    const next = all[all.indexOf(button) + (event.key === 'ArrowUp' ? -1 : 1)];
    event.preventDefault();
    if (!next) return;
    this.current = next.closest<HTMLElement>('[data-key]')!.dataset.key!;
    next.focus();
  }
}
customElements.define('cx-messages', MessageList);

function keyOf(row: MessageRow<ChatMessage>): string {
  return row.kind === 'message'
    ? row.message.key
    : row.kind === 'day'
      ? `day ${new Date(row.at).toDateString()}`
      : row.kind;
}
