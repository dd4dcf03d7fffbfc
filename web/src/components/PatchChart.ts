import { css, html, LitElement, svg } from 'lit';
import type { CardReading } from '../../../client-sdk/src/color/index.ts';

type Rgb = CardReading['patches'][number]['reference'];

const FIELD = 10;
const GAP = 1;

/** The fields of a color card as they stand on it, each in three bands: as the camera sees it, as it is, and corrected. */
export class PatchChart extends LitElement {
  static override properties = { reading: { attribute: false }, label: {} };
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      background: var(--cx-picture);
      border-radius: var(--cx-radius-picture);
    }
  `;

  declare reading: CardReading;
  declare label: string;

  protected override render() {
    const { card, patches } = this.reading;
    const width = card.columns * (FIELD + GAP) + GAP;
    const height = card.rows * (FIELD + GAP) + GAP;
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${this.label}>
      ${patches.map(({ measured, reference, corrected }, index) => {
        const x = GAP + (index % card.columns) * (FIELD + GAP);
        const y = GAP + Math.floor(index / card.columns) * (FIELD + GAP);
        return [measured, reference, corrected].map((color, band) => toBand(color, x, y, band));
      })}
    </svg>`;
  }
}
customElements.define('cx-patch-chart', PatchChart);

/** Wider than a third, so that no seam shows between two equal colors; the next one covers what is too much. */
function toBand(color: Rgb, x: number, y: number, band: number) {
  const left = x + (band * FIELD) / 3;
  return svg`<rect x=${left} y=${y} width=${x + FIELD - left} height=${FIELD} fill="rgb(${color.join(' ')})" />`;
}
