import { css, html } from 'lit';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { languages } from '../i18n/languages.ts';
import { cardDrawing } from './cardDrawing.ts';
import { PageElement } from './PageElement.ts';
import './PageTools.ts';
import { pageLayout, wholePage } from './pageLayout.ts';

/** The colour card to print, on one sheet of A4 or Letter, with what to know beside it. */
export class CardPage extends PageElement {
  static override styles = [
    tokens,
    base,
    pageLayout,
    wholePage,
    css`
      main {
        display: grid;
        grid-template-columns: minmax(0, 26rem) minmax(0, 40rem);
        align-content: center;
        align-items: center;
        justify-content: center;
        gap: var(--cx-space-5);
        padding: var(--cx-space-4) var(--cx-space-4) 10vh;
      }
      .told {
        display: grid;
        justify-items: start;
        gap: var(--cx-space-3);
        text-wrap: pretty;
      }
      h1 {
        font-family: var(--cx-font-display);
        font-weight: 500;
      }
      ol {
        display: grid;
        gap: var(--cx-space-2);
        margin: 0;
        padding-inline-start: 1.4em;
      }
      ::marker {
        color: var(--cx-text-soft);
      }
      .button {
        min-width: 12rem;
      }
      /* Paper is white in the dark as well. */
      .sheet {
        display: grid;
        gap: 3mm;
        padding: clamp(16px, 6%, 40px);
        background: #ffffff;
        color: #1c1c1c;
        font-size: var(--cx-size-small);
        box-shadow: var(--cx-shade);
      }
      .card {
        display: block;
        width: 100%;
        height: auto;
        print-color-adjust: exact;
      }
      figcaption {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--cx-space-3);
      }
      @container (max-width: 900px) {
        main {
          grid-template-columns: minmax(0, 40rem);
          gap: var(--cx-space-4);
          padding-inline: var(--cx-space-3);
          padding-block-end: var(--cx-space-5);
        }
      }
      @media print {
        :host,
        main {
          display: block;
          min-height: 0;
          padding: 0;
          background: none;
        }
        .top,
        .told {
          display: none;
        }
        .sheet {
          justify-content: center;
          padding: 0;
          box-shadow: none;
          font-size: 9pt;
        }
        /* In the millimetres of the drawing, however wide the page is. */
        .card {
          width: revert-layer;
          height: revert-layer;
        }
      }
    `,
  ];

  protected override get pageTitle(): string {
    const { card, brand } = this.messages;
    return `${card.title} · ${brand}`;
  }

  protected override render() {
    const { brand, card } = this.messages;
    const today = new Date().toLocaleDateString(languages[this.language], { dateStyle: 'medium' });
    return html`<header class="top">
        <span class="brand">${brand}</span>
        <cx-page-tools .language=${this.language}></cx-page-tools>
      </header>
      <main>
        <div class="told">
          <h1>${card.title}</h1>
          <p class="lead">${card.intro}</p>
          <ol>
            ${card.steps.map((step) => html`<li>${step}</li>`)}
          </ol>
          <p class="soft small-text">${card.truth}</p>
          <button class="button next" @click=${() => print()}>${card.print}</button>
        </div>
        <figure class="sheet">
          ${cardDrawing(card.drawing)}
          <figcaption><span>${card.caption}</span><span>${card.printedOn(today)}</span></figcaption>
        </figure>
      </main>`;
  }
}
customElements.define('cx-card', CardPage);
