import { css, html, LitElement, type PropertyValues } from 'lit';
import type { PicturePixels } from '../color/PicturePixels.ts';
import type { Point } from '../layout/zoomView.ts';

/** CSS pixels. */
export const LOUPE_SIZE = 132;
/** Pixels of the picture from its middle to its edge, at least. */
const LEAST_REACH = 8;

/** Magnifies what the picker points at, with the circle whose colour it takes. Silent: the readout says it. */
export class ColorLoupe extends LitElement {
  static override properties = {
    pixels: { attribute: false },
    point: { attribute: false },
    radius: { type: Number },
  };
  static override styles = css`
    :host {
      position: absolute;
      width: ${LOUPE_SIZE}px;
      height: ${LOUPE_SIZE}px;
      border: 3px solid var(--cx-raised);
      border-radius: 50%;
      background: var(--cx-picture);
      box-shadow: var(--cx-shade);
      overflow: hidden;
      pointer-events: none;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
    /* Black and white side by side are seen on any colour. */
    span {
      position: absolute;
      inset: 50% auto auto 50%;
      width: var(--circle);
      height: var(--circle);
      border: 1px solid #000000;
      border-radius: 50%;
      outline: 1px solid #ffffff;
      translate: -50% -50%;
    }
  `;

  declare pixels: PicturePixels;
  declare point: Point;
  declare radius: number;

  protected override render() {
    const circle = ((2 * this.radius + 1) / (2 * this.#reach + 1)) * 100;
    return html`<canvas width=${2 * LOUPE_SIZE} height=${2 * LOUPE_SIZE}></canvas
      ><span .style=${`--circle: ${circle}%`}></span>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const canvas = this.renderRoot.querySelector('canvas')!;
    this.pixels.magnify(this.point, this.#reach, canvas);
  }

  /** The circle fills no more than half of it. */
  get #reach(): number {
    return Math.max(LEAST_REACH, 2 * this.radius);
  }
}
customElements.define('cx-loupe', ColorLoupe);
