import { html, nothing, type PropertyValues } from 'lit';
import { icon, iconStyles } from '../components/icon.ts';
import { PageElement } from '../components/PageElement.ts';
import '../components/PageTools.ts';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { readRoomLink } from '../session/roomLink.ts';
import { chatHead, chatHeadStyles } from './chatHead.ts';
import type { ChatView } from './ChatView.ts';
import './ChatView.ts';
import type { ConversationChoice } from './ConversationList.ts';
import './ConversationList.ts';
import { counterLayout } from './counterLayout.ts';
import { MessengerSession } from './MessengerSession.ts';
import { RoomsBoard } from './RoomsBoard.ts';
import './RoomsPanel.ts';

/** What the side of the counter shows where it is too narrow for both. */
type Tab = 'conversations' | 'rooms';

/** The shop's counter: all conversations, the one that is looked at, and today's rooms. On a phone one after the other. */
export class CounterPage extends PageElement {
  static override properties = { ...PageElement.properties, chosen: { state: true }, tab: { state: true } };
  static override styles = [tokens, base, iconStyles, chatHeadStyles, counterLayout];

  /** Id of the conversation that is looked at. */
  declare chosen: string | null;
  declare tab: Tab;
  #board: RoomsBoard | null = null;
  #session: MessengerSession | null = null;
  readonly #wentBack = () => void this.#look(null);

  constructor() {
    super();
    this.chosen = null;
    this.tab = 'conversations';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#open();
    addEventListener('hashchange', this.#linkChanged);
    addEventListener('popstate', this.#wentBack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#linkChanged);
    removeEventListener('popstate', this.#wentBack);
    this.#session?.close();
    this.#board?.close();
  }

  protected override get pageTitle(): string {
    const t = this.messages;
    const unread = this.#session?.messenger?.unread ?? 0;
    const waiting = this.#board?.waiting ?? 0;
    return t.chat.counter.windowTitle(unread + waiting, `${t.chat.counter.title} · ${t.brand}`);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lang') && this.#session) this.#session.language = this.language;
  }

  protected override render() {
    const session = this.#session!;
    const { chat: words } = this.messages;
    return html`<main class="${this.tab} ${this.chosen === null ? '' : 'chosen'}">
      <header class="top">
        <h1>${words.counter.title}</h1>
        <p class="small-text soft" role="status">${this.#connection(session)}</p>
        <cx-page-tools .language=${this.language}></cx-page-tools>
      </header>
      ${this.#tabs(session)}
      <section class="list" aria-label=${words.counter.conversations}>
        <cx-conversations
          .session=${session}
          .chosen=${this.chosen}
          @choose=${(event: CustomEvent<ConversationChoice>) => this.#choose(event.detail)}
        ></cx-conversations>
      </section>
      <section class="open" aria-label=${words.title}>${this.#conversation(session)}</section>
      <cx-rooms .board=${this.#board!} .language=${this.language}></cx-rooms>
    </main>`;
  }

  /** Where the window is too narrow for all beside each other. */
  #tabs({ messenger }: MessengerSession) {
    const { chat: words, rooms } = this.messages;
    return html`<div class="tabs" role="group" aria-label=${words.counter.title}>
      ${this.#tab('conversations', words.counter.conversations, messenger?.unread ?? 0, words.unread)}
      ${this.#tab('rooms', rooms.title, this.#board!.waiting, rooms.waitingCount)}
    </div>`;
  }

  #tab(tab: Tab, label: string, count: number, say: (count: number) => string) {
    return html`<button class="button" aria-pressed=${this.tab === tab} @click=${() => (this.tab = tab)}>
      ${label}${count > 0 ? html`<span class="count" aria-label=${say(count)}>${count > 99 ? '99+' : count}</span>` : nothing}
    </button>`;
  }

  #connection({ isConnected, messenger, error }: MessengerSession) {
    const { chat: words } = this.messages;
    if (isConnected || error !== null) return nothing;
    return messenger?.state === 'reconnecting' ? words.offline : words.connecting;
  }

  #conversation({ chat, error }: MessengerSession) {
    const t = this.messages;
    const { counter, loading } = t.chat;
    if (chat) {
      return html`<header class="top">
          <button class="button square back" aria-label=${counter.back} @click=${() => history.back()}>
            ${icon('back')}
          </button>
          ${chatHead(chat, { level: 1 })}
        </header>
        <cx-chat .chat=${chat}></cx-chat>`;
    }
    if (error !== null) {
      return html`<div class="nothing" role="alert">
        <p>${t.errors[error].what}</p>
        <p class="soft">${t.errors[error].how}</p>
      </div>`;
    }
    return html`<div class="nothing">
      <p>${this.chosen === null ? counter.choose : loading}</p>
      <p class="soft" ?hidden=${this.chosen !== null}>${counter.chooseHint}</p>
    </div>`;
  }

  #open(): void {
    this.#session?.close();
    const { token, url, lang } = readRoomLink(location.hash);
    if (lang) this.lang = lang;
    this.#board?.close();
    const server = url ?? location.origin;
    const session = new MessengerSession({ url: server, token, language: this.language });
    const board = new RoomsBoard({ url: server, language: () => this.language });
    this.#session = session;
    this.#board = board;
    this.chosen = null;
    for (const part of [session, board]) part.subscribe(() => this.requestUpdate());
    void session.start().then(() => {
      if (session.messenger && this.#board === board) board.watch(session.messenger);
      void session.list();
    });
  }

  readonly #linkChanged = () => this.#open();

  /** The button “back” of the browser leads back to the list. */
  #choose(choice: ConversationChoice): void {
    if (this.chosen === null) history.pushState(null, '');
    void this.#look(choice);
  }

  async #look(choice: ConversationChoice | null): Promise<void> {
    this.chosen = choice?.conversationId ?? null;
    const chat = await this.#session!.look(choice && ((messenger) => messenger.open(choice.conversationId)));
    if (!chat || !choice) return;
    await this.updateComplete;
    const view = this.renderRoot.querySelector<ChatView>('cx-chat');
    await view?.updateComplete;
    if (choice.seq !== null) await view?.jumpTo(choice.seq);
    else if (matchMedia('(hover: hover)').matches) await view?.focusField();
  }
}
customElements.define('cx-counter', CounterPage);
