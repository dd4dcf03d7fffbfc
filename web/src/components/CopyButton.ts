import { css, html, nothing } from 'lit';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** How long “copied” is said instead of “copy”. */
const SAID_MS = 4_000;

type CopyState = 'ready' | 'copied' | 'failed';

/** Copies a link, and says whether it did. */
export class CopyButton extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    link: {},
    label: {},
    next: { type: Boolean },
    copyState: { state: true },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: block;
      }
      .button {
        width: 100%;
        min-height: 44px;
        padding-inline: var(--cx-space-3);
      }
      .icon svg {
        width: 1.125rem;
        height: 1.125rem;
      }
      .said {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  declare link: string;
  /** For who hears the page; the word on the button where it is missing. */
  declare label: string | undefined;
  /** It is the next thing to do. */
  declare next: boolean;
  declare copyState: CopyState;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.copyState = 'ready';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render() {
    const { copy, copied, notCopied } = this.session.t.invites;
    const words = { ready: copy, copied, failed: notCopied }[this.copyState];
    return html`<button
        class="button ${this.next ? 'next' : ''}"
        aria-label=${this.copyState === 'ready' ? (this.label ?? nothing) : nothing}
        @click=${() => void this.#copy()}
      >
        ${icon(this.copyState === 'copied' ? 'check' : 'copy')}${words}
      </button>
      <span class="said" role="status">${this.copyState === 'ready' ? '' : words}</span>`;
  }

  async #copy(): Promise<void> {
    const copied = await navigator.clipboard?.writeText(this.link).then(
      () => true,
      () => false,
    );
    this.copyState = copied ? 'copied' : 'failed';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.copyState = 'ready'), SAID_MS);
  }
}
customElements.define('cx-copy', CopyButton);
