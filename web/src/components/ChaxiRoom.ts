import { css, html, LitElement, type PropertyValues } from 'lit';
import { tokens } from '../design/tokens.ts';
import { chooseLanguage, languages, type Language } from '../i18n/languages.ts';
import type { CaptureSource } from '../session/CaptureSlot.ts';
import { isTheme, loadPreferences, savePreferences, type Theme } from '../session/preferences.ts';
import { RoomSession, type Phase } from '../session/RoomSession.ts';
import { isPanel, shortcutFor, type ShortcutAction } from '../session/shortcuts.ts';
import './LeftView.ts';
import './LobbyView.ts';
import './PreviewView.ts';
import type { SessionElement } from './SessionElement.ts';
import type { SettingsDialog } from './SettingsDialog.ts';
import type { StageView } from './StageView.ts';

/**
 * `<chaxi-room token="…" url="…" lang="zh" theme="dark">`: a whole tasting room in a box of any size. It needs a height.
 *
 * Attributes: `token` (access token), `url` (server; the page's own origin where it is missing), `lang` (`zh` or `en`;
 * the browser's where it is missing), `theme` (`auto`, `light`, `dark`).
 *
 * Events: `chaxi-joined`; `chaxi-left` with `detail.code`, null after the person's own leaving; `chaxi-error` with
 * `detail.code`, each time that a person is shown an error. They bubble and cross shadow roots.
 *
 * Style: the custom properties of design/tokens.ts and the part `view`.
 */
export class ChaxiRoom extends LitElement {
  static override properties = {
    token: {},
    url: {},
    lang: { reflect: true },
    theme: { reflect: true },
    phase: { state: true },
    shortcuts: { state: true },
  };
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        position: relative;
        height: 100%;
        min-height: 320px;
        container-type: size;
        overflow: hidden;
        background: var(--cx-surround);
      }
      :host([hidden]) {
        display: none;
      }
      [part='view'] {
        position: absolute;
        inset: 0;
      }
    `,
  ];

  declare token: string;
  declare url: string;
  declare theme: Theme;
  declare phase: Phase;
  declare shortcuts: boolean;
  #session: RoomSession | null = null;

  constructor() {
    super();
    const preferences = loadPreferences();
    this.token = '';
    this.url = '';
    this.theme = preferences.theme ?? 'auto';
    this.phase = 'preview';
    this.shortcuts = preferences.shortcuts ?? true;
    this.addEventListener('cx-language', (event) => this.#chooseLanguage((event as CustomEvent<Language>).detail));
    this.addEventListener('cx-theme', (event) => this.#chooseTheme((event as CustomEvent<unknown>).detail));
    this.addEventListener('cx-shortcuts', (event) => this.#chooseShortcuts((event as CustomEvent<boolean>).detail));
    this.addEventListener('cx-settings', () => this.#settings?.open());
    this.addEventListener('cx-cup', () => (this.#view as StageView | null)?.openCup());
    this.addEventListener('cx-toggle', (event) =>
      this.#toggle((event as CustomEvent<CaptureSource | 'screen'>).detail),
    );
    this.addEventListener('keydown', (event) => this.handleKey(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  /** Taken out of the page, it leaves the room. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  /** Single-key shortcuts. A page that is nothing but the room may hand on the keys that no element has. */
  handleKey(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    const action = shortcutFor(event, target instanceof HTMLElement ? target : null);
    if (action === null || !this.shortcuts || this.phase !== 'room' || event.defaultPrevented) return;
    event.preventDefault();
    this.#act(action);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('token') || changed.has('url')) this.#open();
    if (changed.has('lang') && this.#session) this.#session.language = this.#language;
  }

  protected override firstUpdated(): void {
    // Not needed before the join, and there when it is: nothing waits for it.
    void import('./StageView.ts');
    void import('./SettingsDialog.ts');
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('phase') && changed.get('phase') !== undefined && this.phase !== 'joining') {
      void this.#view?.focusHeading?.();
    }
  }

  protected override render() {
    return html`<div part="view" lang=${languages[this.#language]}>${this.#page()}</div>`;
  }

  #page() {
    const session = this.#session;
    switch (this.phase) {
      case 'preview':
      case 'joining':
        return html`<cx-preview .session=${session}></cx-preview>`;
      case 'lobby':
        return html`<cx-lobby .session=${session}></cx-lobby>`;
      case 'room':
        return html`<cx-stage .session=${session}></cx-stage>
          <cx-settings .session=${session} .theme=${this.theme} .shortcuts=${this.shortcuts}></cx-settings>`;
      case 'left':
        return html`<cx-left .session=${session}></cx-left>`;
    }
  }

  get #language(): Language {
    return chooseLanguage([this.lang, loadPreferences().language, ...navigator.languages]);
  }

  get #view(): SessionElement | null {
    return this.renderRoot.querySelector<SessionElement>('[part=view] > *');
  }

  get #settings(): SettingsDialog | null {
    return this.renderRoot.querySelector('cx-settings');
  }

  #open(): void {
    this.#close();
    const session = new RoomSession({
      url: this.url || location.origin,
      token: this.token,
      language: this.#language,
      onJoined: () => this.#tell('chaxi-joined', {}),
      onLeft: (code) => this.#tell('chaxi-left', { code }),
      onError: (code) => this.#tell('chaxi-error', { code }),
      onOpenChat: () => (this.#view as StageView | null)?.show('chat'),
    });
    this.#session = session;
    session.subscribe(() => (this.phase = session.phase));
    session.start();
    this.phase = session.phase;
    this.requestUpdate();
  }

  #close(): void {
    this.#session?.close();
    this.#session = null;
  }

  #act(action: ShortcutAction): void {
    if (action === 'settings') this.#settings?.open();
    else if (isPanel(action)) (this.#view as StageView | null)?.toggle(action);
    else this.#toggle(action);
  }

  #toggle(source: CaptureSource | 'screen'): void {
    const session = this.#session;
    if (!session?.media.may(source)) return;
    if (source === 'screen') void session.shareScreen();
    else if (source === 'teaCloseUp') void this.#toggleCloseUp(session);
    else void session.toggleSlot(source);
  }

  /** With no second camera in sight, the person says which one looks into the cup. */
  async #toggleCloseUp(session: RoomSession): Promise<void> {
    if (!(await session.toggleCloseUp())) this.#settings?.open();
  }

  #chooseLanguage(language: Language): void {
    savePreferences({ language });
    this.lang = language;
  }

  #chooseTheme(theme: unknown): void {
    if (!isTheme(theme)) return;
    savePreferences({ theme });
    this.theme = theme;
  }

  #chooseShortcuts(shortcuts: boolean): void {
    savePreferences({ shortcuts });
    this.shortcuts = shortcuts;
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
customElements.define('chaxi-room', ChaxiRoom);
