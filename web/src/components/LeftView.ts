import { css, html, nothing } from 'lit';
import { remedyFor } from '../session/rejoinPolicy.ts';
import { icon } from './icon.ts';
import './PageTools.ts';
import { pageLayout } from './pageLayout.ts';
import { SessionElement } from './SessionElement.ts';

/** The end, or no beginning: what happened, what to do, and a button where a button can help. */
export class LeftView extends SessionElement {
  static override styles = [
    ...[SessionElement.styles].flat(),
    pageLayout,
    css`
      .word {
        width: 100%;
        padding: var(--cx-space-3) var(--cx-space-4);
        border-radius: var(--cx-radius);
        background: var(--cx-surface);
        overflow-wrap: anywhere;
      }
      blockquote {
        margin: 0;
      }
      .code {
        margin-block-start: var(--cx-space-4);
      }
    `,
  ];

  protected override render() {
    const { session } = this;
    const { t, leftBecause: code, leftWords } = session;
    const words = code === null ? { what: t.left.title, how: t.left.hint } : t.errors[code];
    return html`<header class="top">
        <span class="brand">${t.brand}</span>
        <cx-page-tools .language=${session.language}></cx-page-tools>
      </header>
      <div class="words" role=${code === null ? nothing : 'alert'}>
        <h1 tabindex="-1">${words.what}</h1>
        ${
          leftWords === null
            ? nothing
            : html`<div class="word">
                <p class="soft small-text">${t.people.reason}</p>
                <blockquote class="lead">${leftWords}</blockquote>
              </div>`
        }
        <p class="lead soft">${words.how}</p>
        ${this.#remedy()} ${this.#notes()}
        ${code === null ? nothing : html`<p class="code small-text soft">${t.left.details(code)}</p>`}
      </div>`;
  }

  /** What is left of a tasting that had a guide. */
  #notes() {
    const { guide, notesPage, t } = this.session;
    if (!guide.current) return nothing;
    return html`<a class="button" href=${notesPage} target="_blank" rel="noopener">
      ${icon('print')}${t.notes.keep}
    </a>`;
  }

  #remedy() {
    const { session } = this;
    const { rejoin, reload } = session.t.left;
    switch (remedyFor(session.leftBecause)) {
      case 'rejoin':
        return html`<button class="button next" @click=${() => session.again()}>${rejoin}</button>`;
      case 'reload':
        return html`<button class="button next" @click=${() => location.reload()}>${reload}</button>`;
      case 'none':
        return nothing;
    }
  }
}
customElements.define('cx-left', LeftView);
