import { css, html, nothing } from 'lit';
import { languageNames, type Language } from '../i18n/languages.ts';
import { themes, type Theme } from '../session/preferences.ts';
import { cardDialog } from './cardDialog.ts';
import './DeviceFields.ts';
import { icon } from './icon.ts';
import { LanguageChosen } from './PageTools.ts';
import { SessionElement } from './SessionElement.ts';

/** Devices, language, look and shortcuts, in a modal dialog: the browser keeps the focus inside and Escape closes it. */
export class SettingsDialog extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    theme: {},
    shortcuts: { type: Boolean },
    opened: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    cardDialog,
    css`
      h3 {
        font-size: var(--cx-size-body);
      }
      .body {
        display: grid;
        gap: var(--cx-space-4);
        padding: 0 var(--cx-space-4) var(--cx-space-4);
      }
      .two {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--cx-space-3);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(2, max-content 1fr);
        align-items: center;
        gap: var(--cx-space-2);
        font-size: var(--cx-size-small);
      }
      kbd {
        display: inline-block;
        min-width: 28px;
        padding: 0 6px;
        border: 1px solid var(--cx-control-line);
        border-radius: 4px;
        font: inherit;
        text-align: center;
      }
      /* There is no keyboard to use them with. */
      @media (hover: none) and (pointer: coarse) {
        .keys {
          display: none;
        }
      }
    `,
  ];

  declare theme: Theme;
  declare shortcuts: boolean;

  /** What is in it exists only meanwhile: the level meter listens to the microphone. */
  declare opened: boolean;

  open(): void {
    this.opened = true;
    this.#dialog.showModal();
  }

  protected override render() {
    const { t, language } = this.session;
    const { settings: words } = t;
    return html`<dialog aria-labelledby="title" @click=${this.#clicked} @close=${() => (this.opened = false)}>
      <header>
        <h2 id="title">${words.title}</h2>
        <button class="button square" aria-label=${t.controls.close} @click=${() => this.#dialog.close()}>
          ${icon('close')}
        </button>
      </header>
      <div class="body">
        ${this.opened ? html`<cx-device-fields .session=${this.session} @cx-cup=${() => this.#dialog.close()}></cx-device-fields>` : nothing}
        <div class="two">
          <div class="field">
            <label for="language">${words.language}</label>
            <select
              id="language"
              @change=${(event: Event) =>
                this.dispatchEvent(new LanguageChosen((event.target as HTMLSelectElement).value as Language))}
            >
              ${(Object.keys(languageNames) as Language[]).map(
                (name) =>
                  html`<option value=${name} .selected=${name === language} lang=${name}>
                    ${languageNames[name]}
                  </option>`,
              )}
            </select>
          </div>
          <div class="field">
            <label for="theme">${words.theme}</label>
            <select
              id="theme"
              @change=${(event: Event) => this.#tell('cx-theme', (event.target as HTMLSelectElement).value)}
            >
              ${themes.map(
                (name) => html`<option value=${name} .selected=${name === this.theme}>${words.themes[name]}</option>`,
              )}
            </select>
          </div>
        </div>
        <section class="keys">
          <h3>${words.shortcuts}</h3>
          <label class="switch">
            <input
              type="checkbox"
              .checked=${this.shortcuts}
              @change=${(event: Event) => this.#tell('cx-shortcuts', (event.target as HTMLInputElement).checked)}
            />
            ${words.shortcutsOn}
          </label>
          <dl>
            ${words.shortcutKeys.map(
              ([key, action]) =>
                html`<dt><kbd>${key}</kbd></dt>
                  <dd>${action}</dd>`,
            )}
          </dl>
        </section>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  /** A click beside the dialog reaches the dialog element itself. */
  #clicked(event: Event): void {
    if (event.composedPath()[0] === this.#dialog) this.#dialog.close();
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
customElements.define('cx-settings', SettingsDialog);
