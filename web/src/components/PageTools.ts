import { css, html, LitElement } from 'lit';
import { base } from '../design/base.ts';
import { languageNames, type Language } from '../i18n/languages.ts';

/** Asks whoever holds the page to change its language or its look. */
export class LanguageChosen extends CustomEvent<Language> {
  constructor(language: Language) {
    super('cx-language', { detail: language, bubbles: true, composed: true });
  }
}

/** The switch of languages at the edge of a page: names the language that one would get, in that language. */
export class PageTools extends LitElement {
  static override properties = { language: {} };
  static override styles = [
    base,
    css`
      .button {
        border-color: transparent;
      }
    `,
  ];

  declare language: Language;

  protected override render() {
    const other: Language = this.language === 'zh' ? 'en' : 'zh';
    return html`<button
      class="button small"
      lang=${other}
      @click=${() => this.dispatchEvent(new LanguageChosen(other))}
    >
      ${languageNames[other]}
    </button>`;
  }
}
customElements.define('cx-page-tools', PageTools);
