import { css, html, nothing } from 'lit';
import { icon } from '../components/icon.ts';
import { windowDialog } from '../components/windowDialog.ts';
import { ChatElement } from './ChatElement.ts';
import type { PictureDetail } from './ChatPicture.ts';

/** A picture as large as the window. */
export class PictureDialog extends ChatElement {
  static override properties = { ...ChatElement.properties, picture: { state: true } };
  static override styles = [
    ...[ChatElement.styles].flat(),
    windowDialog,
    css`
      dialog[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        padding: var(--cx-space-2) var(--cx-space-2) var(--cx-space-2) var(--cx-space-3);
        padding-block-start: max(var(--cx-space-2), env(safe-area-inset-top));
      }
      h2 {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        font-size: var(--cx-size-body);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      img {
        width: 100%;
        height: 100%;
        min-height: 0;
        padding: 0 var(--cx-space-2) max(var(--cx-space-2), env(safe-area-inset-bottom));
        object-fit: contain;
        touch-action: pinch-zoom;
      }
    `,
  ];

  declare picture: PictureDetail | null;

  constructor() {
    super();
    this.picture = null;
  }

  open(picture: PictureDetail): void {
    this.picture = picture;
    this.#dialog.showModal();
  }

  protected override render() {
    const { picture } = this;
    const { picture: words, file } = this.chat.t.chat;
    return html`<dialog
      aria-labelledby="title"
      @close=${() => (this.picture = null)}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      <header>
        <h2 id="title">${picture?.name}</h2>
        ${
          picture
            ? html`<a
                class="button square"
                href=${picture.url}
                download=${picture.name}
                target="_blank"
                rel="noopener"
                aria-label=${file.keep(picture.name)}
                >${icon('download')}</a
              >`
            : nothing
        }
        <button class="button square" aria-label=${words.close} @click=${() => this.#dialog.close()}>
          ${icon('close')}
        </button>
      </header>
      ${
        picture
          ? html`<img src=${picture.url} alt=${picture.name} @error=${() => this.chat.tell(words.failed)} />`
          : nothing
      }
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }
}
customElements.define('cx-picture-dialog', PictureDialog);
