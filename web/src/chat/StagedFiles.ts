import { css, html, type PropertyValues } from 'lit';
import { icon } from '../components/icon.ts';
import { formatBytes } from '../i18n/formatChat.ts';
import { ChatElement } from './ChatElement.ts';

/** Files that go with the next message. Fires `remove`. */
export class StagedFiles extends ChatElement {
  static override properties = { ...ChatElement.properties, files: { attribute: false } };
  static override styles = [
    ...[ChatElement.styles].flat(),
    css`
      ul {
        display: flex;
        gap: var(--cx-space-2);
        overflow-x: auto;
        padding-block: 2px;
        scrollbar-width: thin;
      }
      li {
        position: relative;
        flex: none;
        border-radius: var(--cx-radius);
        background: var(--cx-raised);
        overflow: hidden;
      }
      img {
        display: block;
        width: 88px;
        height: 88px;
        object-fit: cover;
        background: var(--cx-picture);
      }
      .file {
        display: grid;
        align-content: end;
        width: 11rem;
        height: 88px;
        padding: 10px 12px;
        line-height: 1.4;
      }
      .file span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      button {
        position: absolute;
        inset: 4px 4px auto auto;
        display: grid;
        place-items: center;
        width: 32px;
        height: 32px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
        cursor: pointer;
      }
      button svg {
        width: 1rem;
        height: 1rem;
      }
    `,
  ];

  declare files: readonly File[];
  /** Addresses of the pictures among them. */
  readonly #urls = new Map<File, string>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#revoke(() => true);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#revoke((file) => !this.files.includes(file));
    for (const file of this.files) {
      if (file.type.startsWith('image/') && !this.#urls.has(file)) this.#urls.set(file, URL.createObjectURL(file));
    }
  }

  protected override render() {
    const { upload } = this.chat.t.chat;
    return html`<ul>
      ${this.files.map((file) => {
        const url = this.#urls.get(file);
        return html`<li>
          ${
            url === undefined
              ? html`<span class="file"
                  ><span>${file.name}</span
                  ><span class="small-text soft">${formatBytes(file.size, this.chat.language)}</span></span
                >`
              : html`<img src=${url} alt=${file.name} />`
          }
          <button
            aria-label=${upload.cancel(file.name)}
            @click=${() => this.dispatchEvent(new CustomEvent('remove', { detail: file }))}
          >
            ${icon('close')}
          </button>
        </li>`;
      })}
    </ul>`;
  }

  #revoke(isGone: (file: File) => boolean): void {
    for (const [file, url] of this.#urls) {
      if (!isGone(file)) continue;
      URL.revokeObjectURL(url);
      this.#urls.delete(file);
    }
  }
}
customElements.define('cx-staged-files', StagedFiles);
