import { css, html, LitElement, svg } from 'lit';
import type { ConnectionQuality } from '../../../client-sdk/src/index.ts';

const bars: Readonly<Record<ConnectionQuality, number>> = { good: 3, fair: 2, poor: 1, unknown: 0 };

/** Network quality as three steps, told by their number and not by colour. */
export class QualityMark extends LitElement {
  static override properties = { quality: {}, label: {} };
  static override styles = css`
    :host {
      display: inline-flex;
    }
    svg {
      width: 16px;
      height: 14px;
    }
    rect {
      fill: var(--cx-text-soft);
      opacity: 0.28;
    }
    rect[data-on] {
      opacity: 1;
    }
  `;

  declare quality: ConnectionQuality;
  declare label: string;

  protected override render() {
    const on = bars[this.quality];
    return html`<svg viewBox="0 0 16 14" role="img" aria-label=${this.label}>
      ${svg`<title>${this.label}</title>`}
      <rect x="0" y="9" width="4" height="5" rx="1" ?data-on=${on > 0} />
      <rect x="6" y="5" width="4" height="9" rx="1" ?data-on=${on > 1} />
      <rect x="12" y="0" width="4" height="14" rx="1" ?data-on=${on > 2} />
    </svg>`;
  }
}
customElements.define('cx-quality', QualityMark);
