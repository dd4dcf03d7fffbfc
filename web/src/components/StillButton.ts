import { css, html, nothing } from 'lit';
import type { StillSource } from '../../../client-sdk/src/index.ts';
import { captionButton } from './captionButton.ts';
import { icon } from './icon.ts';
import { SessionElement } from './SessionElement.ts';

/** Asks one camera for a still. It stands in the caption of its picture. */
export class StillButton extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    participantId: {},
    source: {},
    label: {},
    compact: { type: Boolean },
  };
  static override styles = [
    ...[SessionElement.styles].flat(),
    captionButton,
    css`
      button[aria-busy='true'] {
        opacity: 0.6;
        cursor: progress;
      }
    `,
  ];

  declare participantId: string;
  declare source: StillSource;
  /** What the camera shows, for who hears the page. */
  declare label: string;
  /** Without the word. */
  declare compact: boolean;

  protected override render() {
    const { stills, t } = this.session;
    const busy = stills.isTaking(this.participantId, this.source);
    return html`<button
      class=${this.compact ? 'compact' : ''}
      aria-label=${t.stills.takeOf(this.label)}
      aria-busy=${busy}
      @click=${() => void stills.take(this.participantId, this.source)}
    >
      <span class="small-icon">${icon('photo')}</span>${this.compact ? nothing : t.stills.take}
    </button>`;
  }
}
customElements.define('cx-still-button', StillButton);
