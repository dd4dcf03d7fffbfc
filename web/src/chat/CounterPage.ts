import { css, html, nothing, type PropertyValues } from 'lit';
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
import { MessengerSession } from './MessengerSession.ts';

/** The shop's counter: all conversations, and the one that is looked at. On a phone one after the other. */
export class CounterPage extends PageElement {
  static override properties = { ...PageElement.properties, chosen: { state: true } };
  static override styles = [
    tokens,
    base,
    iconStyles,
    chatHeadStyles,
    css`
      :host {
        display: block;
        height: 100vh;
        height: 100dvh;
        container-type: size;
        background: var(--cx-surround);
      }
      main {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(18rem, 24rem) minmax(0, 1fr);
        height: 100%;
      }
      .side {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
        background: var(--cx-surround);
      }
      .top {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        min-height: 64px;
        padding: var(--cx-space-2) var(--cx-space-2) var(--cx-space-2) var(--cx-space-3);
        padding-block-start: max(var(--cx-space-2), env(safe-area-inset-top));
      }
      h1 {
        flex: 1;
        min-width: 0;
        font-family: var(--cx-font-display);
        font-size: 1.375rem;
        font-weight: 500;
        line-height: 1.3;
      }
      .open {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
        min-width: 0;
        background: var(--cx-surface);
      }
      .open .top {
        padding-inline-start: 22px;
      }
      .open .top,
      cx-chat {
        width: min(100%, 56rem);
        margin-inline: auto;
      }
      .nothing {
        grid-row: 1 / -1;
        display: grid;
        align-content: center;
        justify-items: center;
        gap: var(--cx-space-1);
        padding: var(--cx-space-4);
        text-align: center;
      }
      .back {
        display: none;
      }
      @container (max-width: 760px) {
        main {
          grid-template-columns: minmax(0, 1fr);
        }
        main.chosen .side,
        main:not(.chosen) .open {
          display: none;
        }
        .back {
          display: inline-flex;
        }
        .open .top {
          padding-inline-start: var(--cx-space-1);
        }
      }
    `,
  ];

  /** Id of the conversation that is looked at. */
  declare chosen: string | null;
  #session: MessengerSession | null = null;
  readonly #wentBack = () => void this.#look(null);

  constructor() {
    super();
    this.chosen = null;
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
  }

  protected override get pageTitle(): string {
    const t = this.messages;
    return t.chat.counter.windowTitle(this.#session?.messenger?.unread ?? 0, `${t.chat.counter.title} · ${t.brand}`);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lang') && this.#session) this.#session.language = this.language;
  }

  protected override render() {
    const session = this.#session!;
    const { chat: words } = this.messages;
    return html`<main class=${this.chosen === null ? '' : 'chosen'}>
      <section class="side" aria-label=${words.counter.conversations}>
        <header class="top">
          <h1>${words.counter.title}</h1>
          <p class="small-text soft" role="status">${this.#connection(session)}</p>
          <cx-page-tools .language=${this.language}></cx-page-tools>
        </header>
        <cx-conversations
          .session=${session}
          .chosen=${this.chosen}
          @choose=${(event: CustomEvent<ConversationChoice>) => this.#choose(event.detail)}
        ></cx-conversations>
      </section>
      <section class="open" aria-label=${words.title}>${this.#conversation(session)}</section>
    </main>`;
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
    const session = new MessengerSession({ url: url ?? location.origin, token, language: this.language });
    this.#session = session;
    this.chosen = null;
    session.subscribe(() => this.requestUpdate());
    void session.start().then(() => session.list());
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
