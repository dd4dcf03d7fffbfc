import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage, Conversation } from '../../../client-sdk/src/messaging/index.ts';
import { icon, iconStyles } from '../components/icon.ts';
import { WatchingElement } from '../components/WatchingElement.ts';
import { base } from '../design/base.ts';
import { formatWhen } from '../i18n/formatChat.ts';
import { messagesIn } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import { initialsOf } from '../layout/initials.ts';
import { conversationListStyles } from './conversationListStyles.ts';
import { draftKey, loadDraft } from './drafts.ts';
import type { MessengerSession } from './MessengerSession.ts';
import { summarize } from './summarize.ts';

/** What is to be opened: a conversation, or a place in it. */
export interface ConversationChoice {
  conversationId: string;
  seq: number | null;
}

const SEARCH_AFTER_MS = 250;

/** All conversations, the one with the latest message first, and a search over names and messages. Fires `choose`. */
export class ConversationList extends WatchingElement {
  static override properties = {
    session: { attribute: false },
    chosen: {},
    query: { state: true },
    found: { state: true },
  };
  static override styles = [base, iconStyles, conversationListStyles];

  declare session: MessengerSession;
  /** Id of the conversation that is looked at. */
  declare chosen: string | null;
  declare query: string;
  /** Messages that were found; null where nothing was asked for yet. */
  declare found: readonly ChatMessage[] | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.chosen = null;
    this.query = '';
    this.found = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override get watched(): MessengerSession {
    return this.session;
  }

  protected override render() {
    const { counter } = this.#t.chat;
    return html`<div class="search" role="search">
        ${icon('search')}
        <input
          type="search"
          aria-label=${counter.search}
          placeholder=${counter.searchPlaceholder}
          maxlength="200"
          .value=${this.query}
          @input=${(event: Event) => this.#search((event.target as HTMLInputElement).value)}
        />
        ${
          this.query === ''
            ? nothing
            : html`<button class="button square" aria-label=${counter.clear} @click=${() => this.#search('')}>
                ${icon('close')}
              </button>`
        }
      </div>
      <div class="scroll">${this.query.trim() === '' ? this.#all() : this.#results()}</div>`;
  }

  get #t(): Messages {
    return messagesIn(this.session.language);
  }

  get #conversations(): readonly Conversation[] {
    const all = this.session.messenger?.conversations ?? [];
    // Who has only looked has not asked anything yet.
    return all.filter(({ info }) => info.kind !== 'shop' || info.lastChange > 0);
  }

  #all() {
    const { counter } = this.#t.chat;
    const all = this.#conversations;
    if (all.length === 0) {
      if (!this.session.isListed) return nothing;
      return html`<div class="empty">
        <p>${counter.empty}</p>
        <p class="soft small-text">${counter.emptyHint}</p>
      </div>`;
    }
    return html`${this.#list(all)}
    ${
      this.session.hasMore
        ? html`<button class="button small older" @click=${() => void this.session.list()}>${counter.more}</button>`
        : nothing
    }`;
  }

  #results() {
    const { counter } = this.#t.chat;
    const wanted = this.query.trim().toLowerCase();
    const named = this.#conversations.filter(({ info }) => info.title.toLowerCase().includes(wanted));
    const found = this.found ?? [];
    return html`${this.#list(named)}
      ${
        found.length === 0
          ? nothing
          : html`<h2>${counter.found}</h2>
              <ul>
                ${found.map((message) => html`<li>${this.#foundRow(message)}</li>`)}
              </ul>`
      }
      <p class="empty" role="status" ?hidden=${this.found === null || named.length + found.length > 0}>
        ${counter.nothingFound(this.query.trim())}
      </p>`;
  }

  #list(conversations: readonly Conversation[]) {
    return html`<ul>
      ${repeat(
        conversations,
        ({ conversationId }) => conversationId,
        (conversation) => html`<li>${this.#row(conversation)}</li>`,
      )}
    </ul>`;
  }

  #row(conversation: Conversation) {
    const { chat: words } = this.#t;
    const { conversationId, info, unread, lastMessage } = conversation;
    const draft = loadDraft(draftKey(this.session.messenger?.identity ?? '', conversationId));
    const isChosen = conversationId === this.chosen;
    return html`<button
      class="conversation ${unread > 0 ? 'unread' : ''}"
      aria-current=${isChosen ? 'true' : nothing}
      @click=${() => this.#choose({ conversationId, seq: null })}
    >
      ${this.#face(info)}
      <span class="title"><bdi>${info.title}</bdi></span>
      <time datetime=${new Date(info.activeAt).toISOString()}
        >${formatWhen(info.activeAt, Date.now(), this.session.language, words)}</time
      >
      <span class="what"
        >${draft !== '' && !isChosen ? words.counter.draft(draft) : lastMessage ? this.#said(lastMessage, info.customer) : words.counter.kinds[info.kind]}</span
      >
      ${
        unread > 0
          ? html`<span class="count" aria-label=${this.#countLabel(conversation)}
              >${info.mentioned ? '@ ' : ''}${unread > 99 ? '99+' : unread}</span
            >`
          : nothing
      }
    </button>`;
  }

  #foundRow(message: ChatMessage) {
    const { chat: words } = this.#t;
    const { conversationId, seq, sentAt } = message;
    const title = this.#conversations.find((one) => one.conversationId === conversationId)?.info.title;
    return html`<button class="conversation" @click=${() => this.#choose({ conversationId, seq })}>
      <span class="face" aria-hidden="true">${initialsOf(title ?? message.from.name)}</span>
      <span class="title"><bdi>${title ?? message.from.name}</bdi></span>
      <time datetime=${new Date(sentAt).toISOString()}
        >${formatWhen(sentAt, Date.now(), this.session.language, words)}</time
      >
      <span class="what">${this.#said(message)}</span>
    </button>`;
  }

  #face({ kind, title }: Conversation['info']) {
    return html`<span class="face" aria-hidden="true"
      >${kind === 'shop' ? initialsOf(title) : icon(kind === 'room' ? 'cup' : 'people')}</span
    >`;
  }

  /** Of a customer the title has the name. */
  #said(message: ChatMessage, customer: string | null = null): string {
    const { chat: words } = this.#t;
    if (message.from.identity === customer) return summarize(message, words);
    const name = message.isOwn ? words.you : message.from.name;
    return words.summary.by(name, summarize(message, words));
  }

  #countLabel({ unread, info }: Conversation): string {
    const { chat: words } = this.#t;
    return info.mentioned ? `${words.unread(unread)}, ${words.counter.mentioned}` : words.unread(unread);
  }

  #search(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    if (query.trim() === '') {
      this.found = null;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(query), SEARCH_AFTER_MS);
  }

  /** Without a connection only names are searched. */
  async #ask(query: string): Promise<void> {
    const page = await this.session.messenger?.search(query.trim()).catch(() => null);
    if (query === this.query) this.found = page?.messages ?? [];
  }

  #choose(detail: ConversationChoice): void {
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}
customElements.define('cx-conversations', ConversationList);
