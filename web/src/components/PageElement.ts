import { LitElement } from 'lit';
import { chooseLanguage, languages, messagesIn, type Language } from '../i18n/languages.ts';
import type { Messages } from '../i18n/messages.ts';
import { loadPreferences, savePreferences } from '../session/preferences.ts';

/** A page that is one element: in the language and the look that were chosen here before, and the document follows it. */
export class PageElement extends LitElement {
  static override properties = { lang: { reflect: true }, theme: { reflect: true } };

  declare theme: string;

  constructor() {
    super();
    const { language, theme } = loadPreferences();
    this.lang = chooseLanguage([language, ...navigator.languages]);
    this.theme = theme ?? 'auto';
    this.addEventListener('cx-language', (event) => this.#choose((event as CustomEvent<Language>).detail));
  }

  protected get language(): Language {
    return chooseLanguage([this.lang]);
  }

  protected get messages(): Messages {
    return messagesIn(this.language);
  }

  /** Of the document. */
  protected get pageTitle(): string {
    return this.messages.brand;
  }

  protected override updated(): void {
    document.documentElement.lang = languages[this.language];
    document.documentElement.dataset.theme = this.theme;
    document.title = this.pageTitle;
  }

  #choose(language: Language): void {
    savePreferences({ language });
    this.lang = language;
  }
}
