import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { iconStyles } from '../components/icon.ts';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { chooseLanguage, languages, messagesIn, type Language } from '../i18n/languages.ts';
import { loadPreferences, type Theme } from '../session/preferences.ts';
import { chatHead, chatHeadStyles } from './chatHead.ts';
import type { ChatView } from './ChatView.ts';
import './ChatView.ts';
import { MessengerSession, type Opening } from './MessengerSession.ts';

/**
 * `<chaxi-chat token="…" url="…">`: one conversation in a box of any size. It needs a height.
 *
 * Attributes: `token` (access token; one without a room is enough), `url` (server; the page's own origin where it is missing),
 * `conversation` (id of a conversation) or `room` (name of the token's room); without both it is the conversation of the
 * customer with the shop. `heading` (what stands above it), `lang` (`zh` or `en`; the browser's where it is missing), `theme`
 * (`auto`, `light`, `dark`).
 *
 * Events: `chaxi-unread` with `detail.count`, when it changes; `chaxi-error` with `detail.code`. They bubble and cross shadow roots.
 *
 * Style: the custom properties of design/tokens.ts.
 */
export class ChaxiChat extends LitElement {
  static override properties = {
    token: {},
    url: {},
    conversation: {},
    room: {},
    heading: {},
    lang: { reflect: true },
    theme: { reflect: true },
  };
  static override styles = [
    tokens,
    base,
    iconStyles,
    chatHeadStyles,
    css`
      :host {
        display: block;
        height: 100%;
        min-height: 240px;
        background: var(--cx-surface);
        overflow: hidden;
      }
      .whole {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        height: 100%;
      }
      header {
        display: flex;
        min-height: 64px;
        padding: var(--cx-space-2) 22px;
      }
      .said {
        display: grid;
        align-content: center;
        justify-items: center;
        gap: var(--cx-space-1);
        padding: var(--cx-space-4);
        text-align: center;
      }
      header,
      cx-chat {
        width: min(100%, 56rem);
        margin-inline: auto;
      }
    `,
  ];

  declare token: string;
  declare url: string;
  declare conversation: string;
  declare room: string;
  declare heading: string;
  declare theme: Theme;
  #session: MessengerSession | null = null;
  #unread = 0;

  constructor() {
    super();
    this.token = '';
    this.url = '';
    this.conversation = '';
    this.room = '';
    this.heading = '';
    this.theme = loadPreferences().theme ?? 'auto';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  /** Taken out of the page, it disconnects. What was not sent yet waits on this device. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  /** Puts the focus where one writes. */
  override focus(): void {
    void this.renderRoot.querySelector<ChatView>('cx-chat')?.focusField();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = (['token', 'url', 'conversation', 'room'] as const).some((name) => changed.has(name));
    if (isOther) this.#open();
    if (changed.has('lang') && this.#session) this.#session.language = this.#language;
  }

  protected override render() {
    const chat = this.#session?.chat;
    const { page } = messagesIn(this.#language).chat;
    const isOfShop = chat?.conversation.info.kind === 'shop';
    const title = this.heading || (isOfShop ? page.shop : undefined);
    // The page around may have nothing else.
    const level = document.querySelector('h1') ? 2 : 1;
    return html`<div class="whole" lang=${languages[this.#language]}>
      <header>${chat ? chatHead(chat, { title, level }) : nothing}</header>
      ${chat ? html`<cx-chat .chat=${chat}></cx-chat>` : this.#waiting()}
    </div>`;
  }

  #waiting() {
    const code = this.#session?.error;
    const t = messagesIn(this.#language);
    if (!code) return html`<div class="said"><p class="soft" role="status">${t.chat.loading}</p></div>`;
    return html`<div class="said" role="alert">
      <p>${t.errors[code].what}</p>
      <p class="soft">${t.errors[code].how}</p>
    </div>`;
  }

  get #language(): Language {
    return chooseLanguage([this.lang, loadPreferences().language, ...navigator.languages]);
  }

  #open(): void {
    this.#close();
    const session = new MessengerSession({
      url: this.url || location.origin,
      token: this.token,
      language: this.#language,
      onError: (code) => this.#tell('chaxi-error', { code }),
    });
    this.#session = session;
    session.subscribe(() => this.#sessionChanged(session));
    void session.start().then(() => session.look(this.#opening));
  }

  get #opening(): Opening {
    const { conversation, room } = this;
    if (conversation !== '') return (messenger) => messenger.open(conversation);
    return room === '' ? (messenger) => messenger.openShop() : (messenger) => messenger.openRoom(room);
  }

  #sessionChanged(session: MessengerSession): void {
    this.requestUpdate();
    const unread = session.chat?.conversation.unread ?? 0;
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#tell('chaxi-unread', { count: unread });
  }

  #close(): void {
    this.#session?.close();
    this.#session = null;
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
customElements.define('chaxi-chat', ChaxiChat);
