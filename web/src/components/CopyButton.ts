import { css, html, nothing } from 'lit';
import { CopyController } from './CopyController.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** Copies a link, and says whether it did. */
export class CopyButton extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    link: {},
    label: {},
    next: { type: Boolean },
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
    `,
  ];

  declare link: string;
  /** For who hears the page; the word on the button where it is missing. */
  declare label: string | undefined;
  /** It is the next thing to do. */
  declare next: boolean;
  readonly #copying = new CopyController(this);

  protected override render() {
    const { copy, copied, notCopied } = this.session.t.invites;
    const { state } = this.#copying;
    const words = { ready: copy, copied, failed: notCopied }[state];
    return html`<button
        class="button ${this.next ? 'next' : ''}"
        aria-label=${state === 'ready' ? (this.label ?? nothing) : nothing}
        @click=${() => void this.#copying.copy(this.link)}
      >
        ${icon(state === 'copied' ? 'check' : 'copy')}${words}
      </button>
      <span class="unseen" role="status">${state === 'ready' ? '' : words}</span>`;
  }
}
customElements.define('cx-copy', CopyButton);
