import { css, html, LitElement, nothing, svg, type PropertyValues } from 'lit';
import type { Picture } from '../../../client-sdk/src/index.ts';
import type { CardOutline } from '../session/ColorMeasurement.ts';

/** Over one's own close-up, for oneself alone: where the color card was found, or the uncorrected picture. */
export class CupOverlay extends LitElement {
  static override properties = { outline: { attribute: false }, picture: { attribute: false } };
  static override styles = css`
    :host,
    canvas,
    svg {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      pointer-events: none;
    }
    canvas {
      object-fit: contain;
    }
    polygon {
      fill: none;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
    /* Light on dark is seen on any picture, and has no color. */
    .edge {
      stroke: var(--cx-inverse);
      stroke-width: 6px;
    }
    .line {
      stroke: var(--cx-on-inverse);
      stroke-width: 3px;
    }
  `;

  declare outline: CardOutline | null;
  declare picture: Picture | null;

  protected override render() {
    return html`${this.picture ? html`<canvas></canvas>` : nothing}${this.outline ? drawOutline(this.outline) : nothing}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { picture } = this;
    if (!picture || !changed.has('picture')) return;
    const canvas = this.renderRoot.querySelector('canvas')!;
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  }
}
customElements.define('cx-cup-overlay', CupOverlay);

function drawOutline({ corners, width, height }: CardOutline) {
  const points = corners.map(({ x, y }) => `${x},${y}`).join(' ');
  return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid meet">
    ${['edge', 'line'].map((name) => svg`<polygon class=${name} points=${points} />`)}
  </svg>`;
}
