import { css, html, LitElement, nothing } from 'lit';
import { captionButton } from './captionButton.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** Opens the panel of one's own close-up camera. It stands in the caption of its picture. */
export class CupButton extends SessionElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = { ...SessionElement.properties, compact: { type: Boolean } };
  static override styles = [
    ...[SessionElement.styles].flat(),
    captionButton,
    css`
      /* Beside the caption and the button for stills a phone has no room for one more word. */
      @container (max-width: 700px) {
        button {
          width: 32px;
          padding: 0;
          justify-content: center;
        }
        .word {
          display: none;
        }
      }
    `,
  ];

  /** Without the word. */
  declare compact: boolean;

  protected override render() {
    const { cup } = this.session.t;
    return html`<button
      class=${this.compact ? 'compact' : ''}
      aria-label=${cup.openLabel}
      @click=${() => this.dispatchEvent(new CustomEvent('cx-cup', { bubbles: true, composed: true }))}
    >
      <span class="small-icon">${icon('adjust')}</span
      >${this.compact ? nothing : html`<span class="word">${cup.open}</span>`}
    </button>`;
  }
}
customElements.define('cx-cup-button', CupButton);
