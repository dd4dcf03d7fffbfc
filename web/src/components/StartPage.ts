import { css, html, nothing } from 'lit';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { loadDemoLinks, type DemoLink } from '../session/demoLinks.ts';
import { PageElement } from './PageElement.ts';
import './PageTools.ts';
import { pageLayout, wholePage } from './pageLayout.ts';

/** The first page: what Chaxi is, and in development the links of the demo room. */
export class StartPage extends PageElement {
  static override properties = { ...PageElement.properties, links: { state: true } };
  static override styles = [
    tokens,
    base,
    pageLayout,
    wholePage,
    css`
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
        min-height: 31rem;
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
      .chat {
        margin-block-start: var(--cx-space-4);
      }
    `,
  ];

  /** Null until the server has answered. */
  declare links: readonly DemoLink[] | null;

  constructor() {
    super();
    this.links = null;
  }

  protected override firstUpdated(): void {
    void loadDemoLinks().then((links) => (this.links = links));
  }

  protected override render() {
    const t = this.messages;
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${this.language}></cx-page-tools>
      </header>
      <main class="words">
        <h1>${t.tagline}</h1>
        <p class="lead soft">${t.start.intro}</p>
        <section ?hidden=${this.links?.length === 0}>${this.links?.length ? this.#demo(this.links) : nothing}</section>
      </main>`;
  }

  #demo(links: readonly DemoLink[]) {
    const { start, chat } = this.messages;
    const isOfChat = ({ role }: DemoLink) => role === 'counter' || role === 'customer';
    return html`<h2>${start.demoTitle}</h2>
      <p class="soft">${start.demoHint}</p>
      ${this.#list(links.filter((link) => !isOfChat(link)))}
      <p class="soft chat">${chat.page.demoHint}</p>
      ${this.#list(links.filter(isOfChat))}`;
  }

  #list(links: readonly DemoLink[]) {
    const { start, roles, chat } = this.messages;
    return html`<ul>
      ${links.map(({ role, url }) => {
        const isOfChat = role === 'counter' || role === 'customer';
        return html`<li>
          <a href=${url} target="_blank" rel="noopener">
            <span class="role">${isOfChat ? chat.page.roles[role] : roles[role]}</span
            ><span class="soft">${isOfChat ? chat.page.demoRoles[role] : start.demoRoles[role]}</span>
            <span aria-hidden="true">→</span>
          </a>
        </li>`;
      })}
    </ul>`;
  }
}
customElements.define('cx-start', StartPage);
