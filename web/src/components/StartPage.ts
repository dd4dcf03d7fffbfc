import { css, html, LitElement, nothing } from 'lit';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { chooseLanguage, languages, messagesIn, type Language } from '../i18n/languages.ts';
import { loadDemoLinks, type DemoLink } from '../session/demoLinks.ts';
import { loadPreferences, savePreferences } from '../session/preferences.ts';
import './PageTools.ts';
import { pageLayout } from './pageLayout.ts';

/** The first page: what Chaxi is, and in development the links of the demo room. */
export class StartPage extends LitElement {
  static override properties = { lang: { reflect: true }, theme: { reflect: true }, links: { state: true } };
  static override styles = [
    tokens,
    base,
    pageLayout,
    css`
      :host {
        min-height: 100vh;
        min-height: 100dvh;
        height: auto;
        container-type: inline-size;
      }
      .words {
        justify-items: start;
        width: min(100%, 46rem);
        padding-block: var(--cx-space-5) 14vh;
        text-align: start;
      }
      h1 {
        font-family: var(--cx-font-display);
        font-size: clamp(2rem, 1.2rem + 4vw, 3.25rem);
        font-weight: 500;
        line-height: 1.3;
      }
      .lead {
        max-width: 34rem;
      }
      section {
        width: 100%;
        min-height: 19rem;
        margin-block-start: var(--cx-space-4);
      }
      h2 {
        font-size: var(--cx-size-lead);
      }
      ul {
        margin-block-start: var(--cx-space-3);
        border-block-start: 1px solid var(--cx-line);
      }
      a {
        display: grid;
        grid-template-columns: 6rem minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--cx-space-3);
        min-height: 56px;
        border-block-end: 1px solid var(--cx-line);
        color: inherit;
        text-decoration: none;
      }
      a:hover .role {
        text-decoration: underline;
        text-underline-offset: 4px;
      }
      .role {
        font-weight: 600;
      }
    `,
  ];

  declare theme: string;
  /** Null until the server has answered. */
  declare links: readonly DemoLink[] | null;

  constructor() {
    super();
    const { language, theme } = loadPreferences();
    this.lang = chooseLanguage([language, ...navigator.languages]);
    this.theme = theme ?? 'auto';
    this.links = null;
    this.addEventListener('cx-language', (event) => this.#choose((event as CustomEvent<Language>).detail));
  }

  protected override firstUpdated(): void {
    void loadDemoLinks().then((links) => (this.links = links));
  }

  protected override updated(): void {
    const language = this.#language;
    document.documentElement.lang = languages[language];
    document.documentElement.dataset.theme = this.theme;
    document.title = messagesIn(language).brand;
  }

  protected override render() {
    const t = messagesIn(this.#language);
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${this.#language}></cx-page-tools>
      </header>
      <main class="words">
        <h1>${t.tagline}</h1>
        <p class="lead soft">${t.start.intro}</p>
        <section ?hidden=${this.links?.length === 0}>${this.links?.length ? this.#demo(this.links) : nothing}</section>
      </main>`;
  }

  #demo(links: readonly DemoLink[]) {
    const { start, roles } = messagesIn(this.#language);
    return html`<h2>${start.demoTitle}</h2>
      <p class="soft">${start.demoHint}</p>
      <ul>
        ${links.map(
          ({ role, url }) =>
            html`<li>
              <a href=${url} target="_blank" rel="noopener">
                <span class="role">${roles[role]}</span><span class="soft">${start.demoRoles[role]}</span>
                <span aria-hidden="true">→</span>
              </a>
            </li>`,
        )}
      </ul>`;
  }

  get #language(): Language {
    return chooseLanguage([this.lang]);
  }

  #choose(language: Language): void {
    savePreferences({ language });
    this.lang = language;
  }
}
customElements.define('cx-start', StartPage);
